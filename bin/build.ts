// The console from its sources into dist/console: hashed names, and .br and .gz beside every text file, so that
// the server never compresses. Nothing is done when the sources are those of the last build.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const out = join(root, 'dist/console')
const stampFile = join(out, '.sources')
const sources = [
  'src/console/**/*',
  'src/features/*/ui/**/*',
  'src/features/*/*.contract.ts',
  'src/shared/**/*',
  'vite.config.ts',
  'package-lock.json',
]

/** Builds when needed; answers whether it did. */
export async function buildConsole({ force = false } = {}): Promise<boolean> {
  const stamp = await hashSources()
  if (!force && existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return false
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), root: join(root, 'src/console'), logLevel: 'warn' })
  await keepShell(stamp.slice(0, 12))
  await nameFirstParts()
  await compressAll()
  await writeFile(stampFile, stamp)
  return true
}

async function hashSources(): Promise<string> {
  const files = await Array.fromAsync(glob(sources, { cwd: root, withFileTypes: true }))
  const paths = files
    .filter((file) => file.isFile() && !/\.test\.tsx?$/.test(file.name))
    .map((file) => join(file.parentPath, file.name))
  const hash = createHash('sha256')
  for (const path of paths.sort()) hash.update(path.slice(root.length)).update(await readFile(path))
  return hash.digest('hex')
}

/** Tells the service worker what the shell is made of: everything but letters few people write in. */
async function keepShell(version: string): Promise<void> {
  const assets = await Array.fromAsync(glob('assets/*', { cwd: out }))
  const letters = /\.(?:js|css)$|inter-(?:latin|cyrillic)(?:-ext)?-.*\.woff2$/
  const files = [
    '/',
    '/manifest.webmanifest',
    ...assets.filter((name) => letters.test(name) && !name.includes('KitPage')).map((name) => `/${name}`),
  ]
  const path = join(out, 'sw.js')
  const worker = (await readFile(path, 'utf8'))
    .replace('[] /* files */', JSON.stringify(files.sort()))
    .replace("'dev' /* version */", JSON.stringify(version))
  await writeFile(path, worker)
}

/** Tells the page which words and letters it needs besides its scripts, so that they come beside them, not after. */
async function nameFirstParts(): Promise<void> {
  const assets = (await Array.fromAsync(glob('assets/*', { cwd: out }))).sort()
  const named = (pattern: RegExp, as: 'script' | 'font') =>
    assets.filter((name) => pattern.test(name)).map((name) => [`/${name}`, as])
  const latin = named(/inter-latin-wght-normal-.*\.woff2$/, 'font')
  const parts = {
    en: [...named(/\/en-[\w-]+\.js$/, 'script'), ...latin],
    ru: [
      ...named(/\/ru-[\w-]+\.js$/, 'script'),
      ...latin,
      ...named(/inter-cyrillic-wght-normal-.*\.woff2$/, 'font'),
    ],
  }
  const path = join(out, 'index.html')
  const page = await readFile(path, 'utf8')
  await writeFile(path, page.replace('{} /* parts */', JSON.stringify(parts)))
}

async function compressAll(): Promise<void> {
  const br = promisify(brotliCompress)
  const gz = promisify(gzip)
  for await (const name of glob('**/*.{js,css,html,svg,json,webmanifest}', { cwd: out })) {
    const bytes = await readFile(join(out, name))
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
    await writeFile(join(out, `${name}.br`), await br(bytes, quality))
    await writeFile(join(out, `${name}.gz`), await gz(bytes, { level: 9 }))
  }
}

if (import.meta.main) {
  const built = await buildConsole({ force: process.argv.includes('--force') })
  console.log(built ? 'The console is built in dist/console.' : 'The console is up to date.')
}
