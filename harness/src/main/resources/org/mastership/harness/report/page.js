'use strict';
(() => {
  const holder = document.getElementById('data');
  if (!holder) return;
  const data = JSON.parse(holder.textContent);
  const tip = document.getElementById('tip');
  const SVG = 'http://www.w3.org/2000/svg';
  const LEFT = 46, RIGHT = 10, SHORTEST = 5;

  /* An element of a drawing; text only ever becomes text. */
  function add(parent, name, attributes, text) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  }

  function seconds(millis, digits) { return (millis / 1000).toFixed(digits === undefined ? 2 : digits) + ' s'; }

  /* Steps of a scale: 1, 2 or 5 times a power of ten. */
  function step(span, count) {
    const rough = span / count, power = Math.pow(10, Math.floor(Math.log10(rough)));
    return [1, 2, 5, 10].map(n => n * power).find(n => n >= rough);
  }

  /* Faults that overlap lie below each other. */
  function lanes(bands) {
    const ends = [];
    return bands.map(band => {
      let lane = ends.findIndex(end => end <= band.from);
      if (lane < 0) lane = ends.length;
      ends[lane] = band.to;
      return lane;
    });
  }

  function timeline(chart) {
    const pad = Math.max(1, (data.end - data.begin) * 0.01);
    const whole = {from: data.begin - pad, to: data.end + pad};
    let view = {...whole};
    const faultLanes = lanes(data.faults);
    const faultRows = Math.max(0, ...faultLanes.map(lane => lane + 1));

    function draw() {
      const width = Math.max(280, chart.clientWidth), plot = width - LEFT - RIGHT;
      const x = t => LEFT + (t - view.from) / (view.to - view.from) * plot;
      const y = {faults: 4, servers: 4 + faultRows * 20 + (faultRows ? 8 : 0)};
      y.load = y.servers + data.servers * 24 + 16;
      const loaded = data.windows.length > 0;
      y.latency = y.load + (loaded ? 106 : 0);
      y.axis = y.latency + (loaded ? 118 : 0);
      const height = y.axis + 20;
      const svg = document.createElementNS(SVG, 'svg');
      svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
      svg.setAttribute('height', height);
      const clip = add(add(svg, 'defs', {}), 'clipPath', {id: 'plot'});
      add(clip, 'rect', {x: LEFT, y: 0, width: plot, height});
      const inside = add(svg, 'g', {'clip-path': 'url(#plot)'});
      axis(svg, inside, x, y, plot);
      shades(inside, x, y);
      faults(svg, inside, x, y);
      servers(svg, inside, x, y, plot);
      if (loaded) {
        load(svg, inside, x, y);
        latency(svg, inside, x, y, plot);
      }
      chart.replaceChildren(svg);
      document.getElementById('range').textContent =
        `${seconds(Math.max(0, view.from))} to ${seconds(view.to)}`;
    }

    function within(band) { return band.to >= view.from && band.from <= view.to; }

    function axis(svg, inside, x, y, plot) {
      const by = step(view.to - view.from, Math.max(3, plot / 90));
      const digits = by >= 1000 ? 0 : by >= 100 ? 1 : by >= 10 ? 2 : 3;
      for (let t = Math.ceil(view.from / by) * by; t <= view.to; t += by) {
        add(inside, 'line', {class: 'grid', x1: x(t), x2: x(t), y1: 0, y2: y.axis});
        add(svg, 'text', {x: x(t), y: y.axis + 14, 'text-anchor': 'middle'}, seconds(t, digits));
      }
    }

    function shades(inside, x, y) {
      for (const fault of data.faults.filter(within)) {
        add(inside, 'rect', {class: 'shade', x: x(fault.from), y: y.servers - 4,
          width: Math.max(1, x(fault.to) - x(fault.from)), height: y.axis - y.servers + 4});
      }
    }

    function faults(svg, inside, x, y) {
      if (faultRows) add(svg, 'text', {x: 0, y: y.faults + 13}, 'faults');
      data.faults.forEach((fault, i) => {
        if (!within(fault)) return;
        const at = Math.max(LEFT, x(fault.from)), wide = Math.max(2, x(fault.to) - x(fault.from));
        const top = y.faults + faultLanes[i] * 20;
        add(inside, 'rect', {class: 'fault', x: x(fault.from), y: top, width: wide, height: 16, rx: 2,
          'data-tip': `fault ${fault.number}: ${fault.title}\n${seconds(fault.from)} to ${seconds(fault.to)}`});
        label(inside, at + 4, top + 12, x(fault.to) - at - 6, fault.title);
      });
    }

    /* Text that fits into a bar, or none. */
    function label(parent, left, base, room, text) {
      const most = Math.floor(room / 7);
      if (most < 2) return;
      const short = text.length <= most ? text : most > 5 ? text.slice(0, most - 1) + '…' : '';
      if (short) add(parent, 'text', {class: 'inside', x: left, y: base}, short);
    }

    function servers(svg, inside, x, y, plot) {
      for (let server = 1; server <= data.servers; server++) {
        const top = y.servers + (server - 1) * 24;
        add(svg, 'text', {class: 'name', x: 0, y: top + 14}, 's' + server);
        add(svg, 'line', {class: 'grid', x1: LEFT, x2: LEFT + plot, y1: top + 21, y2: top + 21});
      }
      for (const tenure of data.tenures.filter(within)) {
        const top = y.servers + (tenure.server - 1) * 24, at = Math.max(LEFT, x(tenure.from));
        const even = parseInt(tenure.epoch, 10) % 2 === 0;
        add(inside, 'rect', {class: even ? 'tenure even' : 'tenure', x: x(tenure.from), y: top, height: 18, rx: 2,
          width: Math.max(2, x(tenure.to) - x(tenure.from)),
          'data-tip': `s${tenure.server} is master in epoch ${tenure.epoch}\n${seconds(tenure.from, 3)} to ${seconds(tenure.to, 3)}`});
        label(inside, at + 4, top + 13, x(tenure.to) - at - 6, tenure.epoch);
      }
      for (const two of data.twoMasters.filter(within)) {
        add(inside, 'rect', {class: 'both', x: x(two.from), y: y.servers - 4, height: data.servers * 24,
          width: Math.max(2, x(two.to) - x(two.from)), 'data-tip': 'two masters: ' + two.text});
      }
    }

    function shown() {
      return data.windows.filter(w => w[0] + data.window >= view.from && w[0] <= view.to);
    }

    function load(svg, inside, x, y) {
      const perSecond = 1000 / data.window;
      const most = Math.max(1, ...data.windows.map(w => w[1] + w[2]));
      const scale = 84 / most, base = y.load + 92;
      add(svg, 'text', {x: 0, y: y.load + 12}, Math.round(most * perSecond) + '/s');
      add(svg, 'text', {x: 0, y: base}, '0');
      for (const [from, answered, unanswered] of shown()) {
        const left = x(from), wide = Math.max(0.6, x(from + data.window) - left - 0.4);
        const text = `${seconds(from)}: ${Math.round(answered * perSecond)} answers/s`
          + (unanswered ? `, ${unanswered} never answered` : '');
        if (answered) {
          add(inside, 'rect', {class: 'answered', x: left, y: base - answered * scale, width: wide,
            height: answered * scale, 'data-tip': text});
        }
        if (unanswered) {
          const high = Math.max(3, unanswered * scale);
          add(inside, 'rect', {class: 'unanswered', x: left, y: base - answered * scale - high, width: wide,
            height: high, 'data-tip': text});
        }
      }
    }

    function latency(svg, inside, x, y, plot) {
      const answered = data.windows.filter(w => w[1] > 0);
      const low = Math.floor(Math.log10(Math.max(0.1, Math.min(...answered.map(w => w[3] || 0.1)))));
      const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(0.2, ...answered.map(w => w[4])))));
      const top = y.latency + 6, tall = 100;
      const at = ms => top + tall - (Math.log10(Math.max(0.1, ms)) - low) / (high - low) * tall;
      for (let power = low; power <= high; power++) {
        const ms = Math.pow(10, power);
        add(svg, 'line', {class: 'grid', x1: LEFT, x2: LEFT + plot, y1: at(ms), y2: at(ms)});
        add(svg, 'text', {x: 0, y: at(ms) + 4}, ms >= 1000 ? ms / 1000 + ' s' : ms + ' ms');
      }
      line(inside, x, at, 3, 'median');
      line(inside, x, at, 4, 'worst');
      for (const [from, count, , median, worst] of shown()) {
        if (!count) continue;
        add(inside, 'rect', {x: x(from), y: top, height: tall, width: Math.max(1, x(from + data.window) - x(from)),
          fill: 'transparent', 'data-tip': `${seconds(from)}: ${median} ms in the middle, 99 % within ${worst} ms`});
      }
    }

    /* Broken where nothing was answered. */
    function line(inside, x, at, column, name) {
      let path = '', pen = 'M';
      for (const w of shown()) {
        if (!w[1]) { pen = 'M'; continue; }
        const middle = x(w[0] + data.window / 2).toFixed(1), height = at(w[column]).toFixed(1);
        path += `${pen}${middle} ${height}`;
        if (pen === 'M') path += `h0.5`;
        pen = 'L';
      }
      add(inside, 'path', {class: name, d: path});
    }

    function show(from, to) {
      const span = Math.min(whole.to - whole.from, Math.max(SHORTEST, to - from));
      const begin = Math.min(Math.max(from, whole.from), whole.to - span);
      view = {from: begin, to: begin + span};
      draw();
    }
    function zoom(factor, around) {
      const center = around === undefined ? (view.from + view.to) / 2 : around;
      show(center - (center - view.from) * factor, center + (view.to - center) * factor);
    }
    function move(share) {
      const by = (view.to - view.from) * share;
      show(view.from + by, view.to + by);
    }
    function timeAt(clientX) {
      const box = chart.getBoundingClientRect();
      return view.from + (clientX - box.left - LEFT) / (box.width - LEFT - RIGHT) * (view.to - view.from);
    }
    const actions = {in: () => zoom(0.5), out: () => zoom(2), left: () => move(-0.25), right: () => move(0.25),
      reset: () => show(whole.from, whole.to)};
    for (const [id, action] of Object.entries(actions)) document.getElementById(id).addEventListener('click', action);
    const keys = {'+': 'in', '=': 'in', '-': 'out', ArrowLeft: 'left', ArrowRight: 'right', '0': 'reset', Home: 'reset'};
    chart.addEventListener('keydown', event => {
      const name = keys[event.key];
      if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      actions[name]();
    });
    chart.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.shiftKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.pow(1.0015, event.deltaY || event.deltaX), timeAt(event.clientX));
    }, {passive: false});
    let held = null;
    chart.addEventListener('pointerdown', event => {
      if (event.button !== 0) return;
      held = {x: event.clientX, view: {...view}};
      chart.classList.add('dragged');
      chart.setPointerCapture(event.pointerId);
    });
    chart.addEventListener('pointermove', event => {
      if (!held) return;
      const box = chart.getBoundingClientRect();
      const by = (held.x - event.clientX) / (box.width - LEFT - RIGHT) * (held.view.to - held.view.from);
      show(held.view.from + by, held.view.to + by);
    });
    for (const end of ['pointerup', 'pointercancel']) {
      chart.addEventListener(end, () => { held = null; chart.classList.remove('dragged'); });
    }
    let drawn = 0;
    new ResizeObserver(() => {
      if (chart.clientWidth !== drawn) { drawn = chart.clientWidth; draw(); }
    }).observe(chart);
    draw();
  }

  /* The operations of an explanation: one row for each process, in the order of real time. */
  function diagram(place, bars) {
    const width = Math.max(280, place.clientWidth || 600), side = 90, rows = [...new Set(bars.map(bar => bar.row))];
    const moments = [...new Set(bars.flatMap(bar => bar.to === undefined ? [bar.from] : [bar.from, bar.to]))].sort((a, b) => a - b);
    const x = moment => side + 6 + moments.indexOf(moment) / Math.max(1, moments.length) * (width - side - 16);
    const last = width - 6, svg = document.createElementNS(SVG, 'svg'), height = rows.length * 34 + 8;
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('height', height);
    rows.forEach((row, i) => add(svg, 'text', {class: 'name', x: 0, y: i * 34 + 22}, row));
    for (const bar of bars) {
      const top = rows.indexOf(bar.row) * 34 + 8, left = x(bar.from);
      const wide = Math.max(8, (bar.to === undefined ? last : x(bar.to)) - left);
      add(svg, 'rect', {class: bar.to === undefined ? 'fault' : 'tenure', x: left, y: top, width: wide, height: 20, rx: 3,
        'data-tip': bar.text + (bar.to === undefined ? ', never answered' : '')});
      const most = Math.floor((wide - 8) / 7);
      const text = bar.text.length <= most ? bar.text : most > 5 ? bar.text.slice(0, most - 1) + '…' : '';
      if (text) add(svg, 'text', {class: 'inside', x: left + 4, y: top + 14}, text);
    }
    place.replaceChildren(svg);
  }

  document.addEventListener('pointermove', event => {
    const over = event.target instanceof Element && event.target.closest('[data-tip]');
    tip.hidden = !over;
    if (!over) return;
    tip.textContent = over.getAttribute('data-tip');
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + 'px';
    tip.style.top = (event.clientY + box.height + 24 > innerHeight ? event.clientY - box.height - 10 : event.clientY + 16) + 'px';
  });

  const chart = document.getElementById('chart');
  if (chart) timeline(chart);
  for (const place of document.querySelectorAll('[data-diagram]')) diagram(place, data.diagrams[place.dataset.diagram]);
})();
