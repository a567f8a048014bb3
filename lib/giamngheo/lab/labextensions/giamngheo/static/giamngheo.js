// The year's page and the preview as tabs of JupyterLab, from its launcher and its menu. It is the shape in which JupyterLab
// loads extensions (a container of module federation), written by hand: nothing has to be built.
(() => {
  const COMMANDS = {
    "giamngheo:nam": { label: "Trang của năm", caption: "Năm này đang ở đâu, và các việc của năm", path: "giamngheo/" },
    "giamngheo:xem-truoc": { label: "Xem trước báo cáo", caption: "Báo cáo tự lập lại mỗi khi lưu một tệp", path: "giamngheo/xem-truoc/" },
  };
  let shared;

  async function library(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  function activate(Widget, base) {
    return (app, launcher) => {
      const opened = {};
      const open = (id, activate) => {
        if (!opened[id] || opened[id].isDisposed) {
          const widget = (opened[id] = new Widget());
          const frame = document.createElement("iframe");
          Object.assign(frame, { src: base + COMMANDS[id].path, title: COMMANDS[id].label });
          frame.style.cssText = "border: 0; width: 100%; height: 100%";
          widget.node.appendChild(frame);
          Object.assign(widget, { id: id.replace(":", "-") });
          Object.assign(widget.title, { label: COMMANDS[id].label, closable: true });
          const beside = Object.values(opened).find((other) => other !== widget && other.isAttached);
          app.shell.add(widget, "main", beside ? { mode: "tab-after", ref: beside.id } : { mode: "split-right", activate });
        }
        if (activate) app.shell.activateById(opened[id].id);
      };
      for (const [id, { label, caption }] of Object.entries(COMMANDS)) {
        app.commands.addCommand(id, { label, caption, execute: () => open(id, true) });
        launcher?.add({ command: id, category: "Báo cáo", rank: 0 });
      }
      const beside = () => ([...app.shell.widgets("main")].length ? open("giamngheo:nam", false) : setTimeout(beside, 100));
      if (location.pathname.endsWith("/bat-dau.md")) app.restored.then(beside);
    };
  }

  async function extension() {
    const [{ Widget }, { ILauncher }] = await Promise.all([library("@lumino/widgets"), library("@jupyterlab/launcher")]);
    const base = JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;
    return { __esModule: true, default: { id: "giamngheo:lab", autoStart: true, optional: [ILauncher], activate: activate(Widget, base) } };
  }

  (window._JUPYTERLAB ??= {}).giamngheo = {
    init: (scope) => { shared = scope; },
    get: async () => { const made = await extension(); return () => made; },
  };
})();
