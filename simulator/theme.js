// Light or dark: what the computer says, until somebody chooses. Runs before the page is drawn.

(() => {
  const root = document.documentElement;
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen) root.dataset.theme = chosen;
  } catch { /* a private window: what the computer says */ }
})();
