import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/** `vite build -- FOLDER`: `npm run build` says where, and puts a complete build into its place. */
const dashes = process.argv.indexOf('--');
const out = process.argv[dashes < 0 ? -1 : dashes + 1] ?? 'build/by-hand';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ out }),
      compilerOptions: { runes: true },
      csp: {
        // The shell of a desk page is rendered per request, so 'auto' means a fresh nonce.
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The one inline style is Kit's own, of the element that tells screen readers the title.
          'style-src-attr': ['unsafe-hashes', ANNOUNCER_STYLE],
          'img-src': ['self', 'data:', 'blob:'],
          'connect-src': ['self'],
          'frame-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});
