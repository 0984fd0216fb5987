"""Places of the demo: each says by its name that it is one, and none of them exists.

They lie round the middle of the city, where the demo's phones are.
"""

LIST = """\
name;kind;area;in the house;drop in;monday;tuesday;wednesday;thursday;friday;saturday;\
latitude;longitude;checked;way sv;way ar;way so;way en
Demo öppna förskolan;öppen förskola;Hjällbo;;ja;9-12;9-12, 13-15;9-12;13-15;9-12;;\
57.7121;11.9790;{today};\
Påhittad plats, bara för demon.;مكان وهمي، للعرض فقط.;Goob male-awaal ah, tijaabo oo keliya.;\
A made-up place, for the demo only.
Demo familjecentral;familjecentral;Hjällbo;barnmorska, bvc, öppen förskola, socionom;ja;\
8-16;8-16;8-16;8-16;8-15;;57.7189;11.9902;{today};\
Påhittad plats, bara för demon.;مكان وهمي، للعرض فقط.;Goob male-awaal ah, tijaabo oo keliya.;\
A made-up place, for the demo only.
Demo bibliotek;bibliotek;Hjällbo;bibliotekarie;ja;10-19;10-19;10-19;10-19;10-18;11-15;\
57.7040;11.9650;;\
Påhittad plats, bara för demon.;مكان وهمي، للعرض فقط.;Goob male-awaal ah, tijaabo oo keliya.;\
A made-up place, for the demo only.
"""
