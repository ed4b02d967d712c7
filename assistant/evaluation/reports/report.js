"use strict";

// Filters the cases of a report. What is chosen stands in the address, so that it can be sent on.
(() => {
  const cases = [...document.querySelectorAll(".case")];
  const bar = document.querySelector(".filters");
  const count = document.getElementById("count");
  if (!bar || !count) return;
  const controls = [...bar.querySelectorAll("[data-filter]")];
  const texts = new Map();

  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");

  const textOf = (one) => {
    if (!texts.has(one)) {
      const parts = [...one.querySelectorAll("[data-text]")].map((part) => part.textContent);
      texts.set(one, folded(parts.join(" ")));
    }
    return texts.get(one);
  };

  const chosen = (control) =>
    control.type === "checkbox" ? (control.checked ? control.value : "") : control.value.trim();

  const fits = (one, control, value) => {
    const name = control.dataset.filter;
    if (name === "text") return folded(value).split(" ").every((word) => textOf(one).includes(word));
    const has = one.dataset[name] ?? "";
    return "byWord" in control.dataset ? has.split(" ").includes(value) : has === value;
  };

  const show = () => {
    const wanted = controls.map((control) => [control, chosen(control)]).filter(([, value]) => value);
    let shown = 0;
    for (const one of cases) {
      one.hidden = !wanted.every(([control, value]) => fits(one, control, value));
      shown += !one.hidden;
    }
    const all = cases.length.toLocaleString("en");
    const noun = cases.length === 1 ? "case" : "cases";
    count.textContent = wanted.length
      ? `${shown.toLocaleString("en")} of ${all} ${noun}`
      : `${all} ${noun}`;
    return wanted;
  };

  const write = (wanted) => {
    const state = new URLSearchParams(
      wanted.map(([control, value]) => [control.dataset.filter, value]),
    );
    const place = location.href.split("#")[0] + (wanted.length ? `#${state}` : "");
    history.replaceState(null, "", place);
  };

  // An address without "=" names a part of the page, and one that only names a case shows it
  // whatever is chosen: both leave the filters as they are.
  const read = () => {
    if (location.hash && !location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    const id = state.get("case");
    if (id === null || state.size > 1) {
      for (const control of controls) {
        const value = state.get(control.dataset.filter) ?? "";
        if (control.type === "checkbox") control.checked = value === control.value;
        else control.value = value;
        if (control.selectedIndex === -1) control.value = "";
      }
    }
    show();
    const named = cases.find((one) => one.dataset.id === id);
    if (!named) return;
    named.hidden = false;
    if (named.localName === "details") named.open = true;
    named.scrollIntoView({ block: "start" });
  };

  const setOpen = (open) => {
    for (const one of cases) {
      if (one.hidden) continue;
      for (const part of one.localName === "details" ? [one] : one.querySelectorAll("details")) {
        part.open = open;
      }
    }
  };

  let pause;
  bar.addEventListener("input", (event) => {
    clearTimeout(pause);
    pause = setTimeout(() => write(show()), event.target.type === "search" ? 150 : 0);
  });
  bar.addEventListener("click", (event) => {
    const what = event.target.dataset.do;
    if (what === "open" || what === "close") setOpen(what === "open");
    if (what !== "clear") return;
    for (const control of controls) {
      if (control.type === "checkbox") control.checked = false;
      else control.value = "";
    }
    write(show());
  });
  addEventListener("hashchange", read);
  bar.hidden = false;
  read();
})();
