const { dest, parallel, src } = require('gulp');

// `encoding: false`: copy bytes, do not read text.
const icons = () => src(['nodes/**/*.svg', 'credentials/**/*.svg'], { encoding: false, base: '.' }).pipe(dest('dist'));
const codex = () => src('nodes/**/*.node.json', { encoding: false, base: '.' }).pipe(dest('dist'));
const templates = () => src('workflows/*.json', { encoding: false, base: '.', allowEmpty: true }).pipe(dest('dist'));
const data = () => src('sync/**/data/*.{csv,json}', { encoding: false, base: '.' }).pipe(dest('dist'));

exports.assets = parallel(icons, codex, templates, data);
