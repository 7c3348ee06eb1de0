import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The console alone; the server serves dist/console and answers /api and /live. */
export default defineConfig({
  root: 'src/console',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // The first screen in few requests: libraries apart from our own code, so that they stay in the browser's cache
        // over our releases. Popups share one library, fetched when idle.
        codeSplitting: {
          groups: [
            { name: 'base', tags: ['$initial'], test: /node_modules/, priority: 4 },
            { name: 'console', tags: ['$initial'], priority: 3 },
            { name: 'popups', test: /node_modules[\\/]@(?:base-ui|floating-ui)[\\/]/, priority: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': process.env.FOYER_URL ?? 'http://127.0.0.1:3000',
      '/live': { target: process.env.FOYER_URL ?? 'http://127.0.0.1:3000', ws: true },
    },
  },
})
