import adapter from '@sveltejs/adapter-node';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { build, defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** The script of the page itself, which no build changes: its own hash lets it run everywhere. */
const PAGE = readFileSync(new URL('src/app.html', import.meta.url), 'utf8');
const LOOK_SCRIPT = /<script>([^]*?)<\/script>/.exec(PAGE)?.[1] ?? '';
const LOOK_HASH = createHash('sha256').update(LOOK_SCRIPT).digest('base64');

const ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/** `vite build -- FOLDER`: `npm run build` says where, and puts a complete build into its place. */
const dashes = process.argv.indexOf('--');
const out = process.argv[dashes < 0 ? -1 : dashes + 1] ?? 'build/by-hand';

/** One script for other people's pages, beside the console and with nothing of it. */
function supportModule(): Plugin {
  return {
    name: 'support-module',
    apply: 'build',
    async generateBundle({ dir = '' }) {
      if (!/client\/?$/.test(dir)) return;
      const made = await build({
        configFile: false,
        logLevel: 'error',
        publicDir: false,
        build: {
          write: false,
          target: 'es2022',
          lib: {
            entry: fileURLToPath(new URL('src/lib/support/module.ts', import.meta.url)),
            formats: ['iife'],
            name: 'postkeepSupport',
          },
        },
      });
      for (const { output } of [made].flat().filter((one) => 'output' in one)) {
        this.emitFile({ type: 'asset', fileName: 'support.js', source: output[0].code });
      }
    },
  };
}

export default defineConfig({
  plugins: [
    supportModule(),
    sveltekit({
      adapter: adapter({ out }),
      compilerOptions: { runes: true },
      csp: {
        // The shell of a desk page is rendered per request, so 'auto' means a fresh nonce.
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', `sha256-${LOOK_HASH}`],
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
