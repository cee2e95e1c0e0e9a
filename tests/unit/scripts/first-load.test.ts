import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstLoadTable, readFirstLoads } from '../../../scripts/lib/app/first-load'

let build: string
beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'leadnexconnect-size-'))
})
afterEach(() => rmSync(build, { recursive: true }))

function write(path: string, text: string) {
  mkdirSync(dirname(join(build, path)), { recursive: true })
  writeFileSync(join(build, path), text)
}

const script = (name: string, letters: number) => {
  // Letters that do not repeat, so that sizes differ after compression, too.
  const text = Array.from({ length: letters }, (_, at) => ((at * at * 31 + at) % 9973).toString(36)).join(',')
  write(`static/chunks/${name}`, text)
  return gzipSync(text).length
}

const page = (folder: string, entryJSFiles: Record<string, string[]>) =>
  write(
    `server/app/${folder}/page_client-reference-manifest.js`,
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/${folder}/page"] = ${JSON.stringify({ clientModules: { a: {} }, entryJSFiles })};`,
  )

describe('what a page loads first', () => {
  it('is what all pages load and what its own entries name, each file once, by its gzipped size', () => {
    const [root, layout, own] = [script('root.js', 900), script('layout.js', 400), script('own.js', 2_000)]
    script('polyfill.js', 5_000)
    write(
      'build-manifest.json',
      JSON.stringify({ rootMainFiles: ['static/chunks/root.js'], polyfillFiles: ['static/chunks/polyfill.js'] }),
    )
    page('(app)/things/(editor)/[id]', {
      'src/app/layout': ['static/chunks/layout.js'],
      'src/app/(app)/things/page': ['static/chunks/layout.js', 'static/chunks/own.js', 'static/chunks/root.js'],
    })
    page('.', { 'src/app/page': ['static/chunks/layout.js'] })
    expect(readFirstLoads(build)).toEqual([
      {
        page: '/things/[id]',
        bytes: root + layout + own,
        files: [
          { name: 'own.js', bytes: own },
          { name: 'root.js', bytes: root },
          { name: 'layout.js', bytes: layout },
        ],
      },
      {
        page: '/',
        bytes: root + layout,
        files: [
          { name: 'root.js', bytes: root },
          { name: 'layout.js', bytes: layout },
        ],
      },
    ])
  })

  it('stands in a line for each page, and says how much is too much', () => {
    const load = { page: '/things', bytes: 220_500, files: [{ name: 'own.js', bytes: 120_040 }] }
    expect(firstLoadTable([load, { ...load, page: '/', bytes: 220_000 }], 220_000)).toEqual([
      '/things   220.5 kB   own.js 120.0   0.5 kB too much',
      '/         220.0 kB   own.js 120.0',
    ])
  })
})
