// SPDX-License-Identifier: Apache-2.0

/// The script of the page. Without it everything is there but the buttons of the legend; the values of points are then
/// shown by the browser's own tooltips.
enum PageScript {
  static let text = #"""
    "use strict";
    // The legend: a click hides or shows an engine everywhere; with Alt or Shift held, that engine alone.
    const buttons = [...document.querySelectorAll("[data-toggle]")];
    function show(button, shown) {
      button.setAttribute("aria-pressed", String(shown));
      for (const part of document.querySelectorAll(`[data-engine="${button.dataset.toggle}"]`)) {
        part.classList.toggle("off", !shown);
      }
    }
    for (const button of buttons) {
      button.title = "Click to hide or show; with Alt or Shift, this one alone";
      button.addEventListener("click", (event) => {
        if (event.altKey || event.shiftKey) {
          const alone = buttons.every((one) => (one.getAttribute("aria-pressed") === "true") === (one === button));
          buttons.forEach((one) => show(one, alone || one === button));
        } else {
          show(button, button.getAttribute("aria-pressed") !== "true");
        }
      });
    }
    // The values of a point: for the mouse and fingers the one that is nearest, for the keyboard those of the line that has
    // the focus, one after another with the arrow keys.
    const tip = document.getElementById("tip");
    let current = null;
    for (const title of document.querySelectorAll(".point title")) {
      title.parentNode.dataset.tip = title.textContent;
      title.remove();
    }
    function middle(point) {
      const box = (point.querySelector(".mark") || point).getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    }
    function hide() {
      if (current) current.classList.remove("here");
      current = null;
      tip.classList.remove("shown");
    }
    function tell(point) {
      if (point === current) return;
      hide();
      if (!point) return;
      current = point;
      point.classList.add("here");
      tip.textContent = point.dataset.tip;
      tip.classList.add("shown");
      const place = middle(point), box = tip.getBoundingClientRect();
      const fits = place.x + 14 + box.width < document.documentElement.clientWidth;
      tip.style.left = Math.max(4, fits ? place.x + 14 : place.x - 14 - box.width) + "px";
      tip.style.top = Math.max(4, Math.min(place.y - box.height / 2, innerHeight - box.height - 4)) + "px";
    }
    for (const chart of document.querySelectorAll(".chart")) {
      chart.addEventListener("pointermove", (event) => tell(nearest(chart, event)));
      chart.addEventListener("pointerdown", (event) => tell(nearest(chart, event)));
      chart.addEventListener("pointerleave", hide);
      for (const series of chart.querySelectorAll(".series")) {
        const points = [...series.querySelectorAll(".point")];
        if (!points.length) continue;
        series.setAttribute("tabindex", "0");
        series.addEventListener("focus", () => { if (series.matches(":focus-visible")) tell(points[0]); });
        series.addEventListener("blur", hide);
        series.addEventListener("keydown", (event) => {
          if (event.key === "Escape") return hide();
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          const at = points.indexOf(current);
          tell(points[at < 0 ? 0 : Math.min(points.length - 1, Math.max(0, at + step))]);
        });
      }
    }
    function nearest(chart, event) {
      let best = null, least = 26;
      for (const point of chart.querySelectorAll(".series:not(.off) .point")) {
        const place = middle(point), distance = Math.hypot(place.x - event.clientX, place.y - event.clientY);
        if (distance < least) { least = distance; best = point; }
      }
      return best;
    }
    addEventListener("scroll", hide, { passive: true });
    addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

    """#
}
