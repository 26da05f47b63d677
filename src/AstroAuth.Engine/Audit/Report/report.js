(function () {
  'use strict';
  var table = document.querySelector('table.tokens');
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);

  function value(row, index, number) {
    var cell = row.cells[index];
    return number ? parseFloat(cell.getAttribute('data-v')) : cell.textContent.trim().toLowerCase();
  }

  function sort(index) {
    var head = heads[index];
    var number = head.hasAttribute('data-number');
    // What is worst or oldest is looked for first; a second click turns it around.
    var first = number && index === heads.length - 1 ? 'descending' : 'ascending';
    var second = first === 'ascending' ? 'descending' : 'ascending';
    var order = head.getAttribute('aria-sort') === first ? second : first;
    var sign = order === 'ascending' ? 1 : -1;
    heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', order);
    rows = rows.map(function (row, place) { return { row: row, place: place, value: value(row, index, number) }; })
      .sort(function (a, b) { return (number ? a.value - b.value : a.value.localeCompare(b.value)) * sign || a.place - b.place; })
      .map(function (item) { return item.row; });
    var all = document.createDocumentFragment();
    rows.forEach(function (row) { all.appendChild(row); });
    body.appendChild(all);
  }

  heads.forEach(function (head, index) {
    var button = document.createElement('button');
    button.type = 'button';
    button.appendChild(head.firstChild);
    button.addEventListener('click', function () { sort(index); });
    head.insertBefore(button, head.firstChild);
  });

  var tools = document.getElementById('tools');
  var search = document.createElement('input');
  search.type = 'search';
  search.placeholder = 'Name, role, creator or rule';
  search.setAttribute('aria-label', 'Show only tokens with this text');
  var choice = document.createElement('select');
  choice.setAttribute('aria-label', 'Show only tokens of this severity');
  [['', 'all severities'], ['error', 'errors'], ['warning', 'warnings'], ['information', 'information'], ['fine', 'without findings']].forEach(function (item) {
    var option = document.createElement('option');
    option.value = item[0];
    option.textContent = item[1];
    choice.appendChild(option);
  });
  var shown = document.createElement('output');
  tools.append(search, choice, shown);

  function filter() {
    var text = search.value.trim().toLowerCase();
    var count = 0;
    rows.forEach(function (row) {
      var wanted = (!choice.value || row.getAttribute('data-severity') === choice.value) && (!text || row.textContent.toLowerCase().indexOf(text) >= 0);
      row.hidden = !wanted;
      if (wanted) count++;
    });
    shown.textContent = count === rows.length ? count + ' tokens' : count + ' of ' + rows.length + ' tokens';
  }

  search.addEventListener('input', filter);
  choice.addEventListener('change', filter);
  filter();
}());
