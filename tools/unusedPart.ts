/** Stands in for parts of @tensorflow/tfjs that are left out of the page (see vite.config.ts): it asks them only for this. */
const version = 'left out';

export {
  version as version_converter,
  version as version_data,
  version as version_layers,
  version as version_webgl,
};
