// Small drawings, so that the page looks the same where no emoji font is installed.

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h10",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  send: "M4 12L20 4l-4 16-5-6zM11 14l9-10",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  voice: "M12 3.5a2.8 2.8 0 0 0-2.8 2.8v5a2.8 2.8 0 0 0 5.6 0v-5A2.8 2.8 0 0 0 12 3.5zM6.5 11.3a5.5 5.5 0 0 0 11 0M12 17v3.5",
  document: "M7 3.5h7l4 4v13H7zM14 3.5v4h4M9.7 12.5h5M9.7 16h5",
  place: "M12 20.5s6.2-5.6 6.2-10.3a6.2 6.2 0 0 0-12.4 0c0 4.7 6.2 10.3 6.2 10.3zM12 12.3a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  timeline: "M3.5 12h17M7 9v6M12 7v10M17 9v6",
  guide: "M9.2 9.2a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2M12 17.2v.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  panel: "M4 5h16v14H4zM14.5 5v14",
  theme: "M12 4a8 8 0 1 0 8 8 6 6 0 0 1-8-8z",
  calendar: "M5 6h14v13.5H5zM5 10h14M8.5 3.8V7M15.5 3.8V7M9 14h2v2H9z",
  pin: "M12 20.5s6.2-5.6 6.2-10.3a6.2 6.2 0 0 0-12.4 0c0 4.7 6.2 10.3 6.2 10.3zM12 12.3a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 6v12M15.5 6v12",
  add: "M12 5v14M5 12h14",
  contact: "M12 11.5a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2zM5 20a7 7 0 0 1 14 0",
};
const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `drawing draw-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  const path = drawing.appendChild(document.createElementNS(SVG, "path"));
  path.setAttribute("d", PATHS[name]);
  return drawing;
}
