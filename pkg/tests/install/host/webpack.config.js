import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  mode: 'production',
  context: at('.'),
  entry: './src/page.js',
  output: { path: at('out-webpack'), filename: 'page.js', module: true },
  experiments: { outputModule: true },
  performance: { hints: false },
};
