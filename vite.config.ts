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
        // What every screen needs in one piece: fewer requests, and it stays in the browser's cache over our releases.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](?:react|react-dom|scheduler|react-i18next|i18next|@tanstack|use-sync-external-store)[\\/]/,
            },
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
