// SPDX-License-Identifier: Apache-2.0

/// The page's style, for light and dark.
enum PageStyle {
  static let text = #"""
    :root {
      color-scheme: light dark;
      --ground: light-dark(#fbfbfa, #16181c);
      --raised: light-dark(#ffffff, #1f2228);
      --text: light-dark(#1b1d21, #e9e9e6);
      --quiet: light-dark(#5c6068, #a2a6ae);
      --line: light-dark(#dcdcd8, #363a42);
      --edge: light-dark(#85888f, #7c818b);
      --accent: light-dark(#0b5cad, #7cb8ff);
      --on-accent: light-dark(#ffffff, #10151c);
      --bar: light-dark(#d5e5f6, #26405f);
      --mark: light-dark(#ffe48a, #6b5310);
      --error: light-dark(#a8201a, #ff9d94);
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 54rem;
      background: var(--ground); color: var(--text);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif;
    }
    header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; }
    h1 { font-size: 1.35rem; margin: 0; letter-spacing: -0.01em; }
    h2 { font-size: 1.05rem; margin: 2.5rem 0 .75rem; }
    header p { margin: 0; }
    a { color: var(--accent); }
    .quiet { color: var(--quiet); font-size: .875rem; font-weight: 400; }
    .error { color: var(--error); font-size: .9rem; margin: .35rem 0 0; }
    .error:empty { display: none; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--raised); padding: .25rem .75rem; }
    form#search { margin-top: 1.5rem; }
    label { font-weight: 600; font-size: .9rem; }
    .line { display: flex; gap: .5rem; margin: .35rem 0 .75rem; }
    input, select, button { font: inherit; color: inherit; }
    input[type=search], input[type=password], input:not([type]), input[type=number], select {
      background: var(--raised); border: 1px solid var(--edge); border-radius: .5rem; padding: .5rem .75rem;
    }
    input[type=search] { flex: 1; min-width: 0; font-size: 1.1rem; }
    input[type=number] { width: 5.5rem; padding: .2rem .5rem; }
    select { padding: .25rem .5rem; }
    input.code { width: 100%; font: .9rem/1.5 ui-monospace, "SF Mono", Consolas, monospace; margin-top: .25rem; }
    button {
      border: 1px solid var(--accent); border-radius: .5rem; padding: .5rem 1.1rem; cursor: pointer;
      background: var(--accent); color: var(--on-accent); font-weight: 600;
    }
    button.plain, button.chip {
      background: none; color: var(--accent); border: 1px solid transparent; padding: .1rem .35rem; font-size: .85rem;
      font-weight: 400;
    }
    button.chip { border-color: var(--line); color: var(--quiet); border-radius: 1rem; padding: 0 .6rem; }
    :is(button, input, select, a):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .options { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; margin-bottom: 1rem; }
    .options label { font-weight: 400; }
    .switch input { accent-color: var(--accent); width: 1.05rem; height: 1.05rem; vertical-align: -.15rem; }
    p#status { min-height: 1.4rem; margin: 1.25rem 0 .5rem; }
    /* It is focused to be read from, not to be used. */
    #results { outline: none; list-style: none; margin: 0; padding: 0; }
    #results > li {
      background: var(--raised); border: 1px solid var(--line); border-radius: .75rem; padding: .8rem 1rem; margin-bottom: .75rem;
    }
    .score { display: flex; align-items: center; gap: .75rem; font-size: .85rem; font-variant-numeric: tabular-nums; }
    .score .track { flex: 1; height: .5rem; border-radius: .25rem; background: var(--bar); overflow: hidden; }
    .score .fill { display: block; height: 100%; background: var(--accent); border-radius: .25rem; }
    .title { font-weight: 600; margin: .4rem 0 .1rem; overflow-wrap: anywhere; }
    .text { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .text.short { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 7; line-clamp: 7; overflow: hidden; }
    mark { background: var(--mark); color: inherit; border-radius: .2rem; padding: 0 .08em; }
    .foot { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; margin-top: .4rem; }
    .foot > .plain:first-child { margin-left: -.35rem; }
    #drop { border: 2px dashed var(--edge); border-radius: .75rem; padding: 1rem; }
    #drop.over { border-color: var(--accent); background: var(--bar); }
    #drop input { display: block; margin-top: .5rem; max-width: 100%; }
    #drop p { margin: .5rem 0 0; }
    #uploads { list-style: none; padding: 0; }
    #uploads li { display: grid; grid-template-columns: minmax(0, 1fr) 8rem; gap: 0 1rem; align-items: center; padding: .3rem 0; }
    #uploads .quiet, #uploads .error { grid-column: 1 / -1; margin: 0; }
    #uploads progress { width: 100%; accent-color: var(--accent); }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.25rem; margin: 0; font-size: .9rem; }
    dt { color: var(--quiet); }
    dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
    dialog {
      border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem 1.5rem; background: var(--raised); color: var(--text);
    }
    dialog::backdrop { background: rgb(0 0 0 / .5); }
    dialog h2 { margin: 0 0 .75rem; }
    dialog input { display: block; width: 20rem; max-width: 100%; margin: .35rem 0 .9rem; }
    [hidden] { display: none; }
    """#
}
