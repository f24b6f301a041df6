// SPDX-License-Identifier: Apache-2.0
// The legend's buttons show and hide an engine everywhere in the report; with Alt or Shift held, that engine alone.
for (const button of document.querySelectorAll("[data-toggle]")) {
  button.title = "Click to hide or show; with Alt or Shift, this one alone";
  button.addEventListener("click", (event) => {
    const buttons = [...document.querySelectorAll("[data-toggle]")];
    if (event.altKey || event.shiftKey) {
      const alone = buttons.every((other) => (other.getAttribute("aria-pressed") === "true") === (other === button));
      buttons.forEach((other) => setShown(other, alone || other === button));
    } else {
      setShown(button, button.getAttribute("aria-pressed") !== "true");
    }
  });
}

function setShown(button, shown) {
  button.setAttribute("aria-pressed", String(shown));
  for (const part of document.querySelectorAll(`[data-engine="${button.dataset.toggle}"]`)) {
    part.classList.toggle("off", !shown);
  }
}
