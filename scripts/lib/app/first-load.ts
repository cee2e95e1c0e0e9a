import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes of JavaScript, gzipped, that a page may load before anybody does anything on it. */
export const FIRST_LOAD_LIMIT = 220_000

/** One file of JavaScript; its size is that of the gzipped body. */
export type ScriptFile = { name: string; bytes: number }

/** What a browser loads first on a page, the largest file first. `page` is its address, as in "/campaigns/[id]". */
export type FirstLoad = { page: string; bytes: number; files: ScriptFile[] }

type BuildManifest = { rootMainFiles: string[] }
type PageManifest = { entryJSFiles: Record<string, string[]> }

/**
 * The scripts that stand in the HTML of every page of a build: those of all pages, and those of the page, its layouts and
 * its error pages. Left out is what no page needs to be seen: polyfills, which only browsers without modules fetch, and
 * parts that are fetched later (`later`), at the first sign of a person or because an address opens them.
 */
export function readFirstLoads(build = '.next'): FirstLoad[] {
  const { rootMainFiles }: BuildManifest = JSON.parse(readFileSync(join(build, 'build-manifest.json'), 'utf8'))
  const sizes = new Map<string, number>()
  const sizeOf = (file: string) => {
    const known = sizes.get(file) ?? gzipSync(readFileSync(join(build, file))).length
    sizes.set(file, known)
    return known
  }
  const pages = join(build, 'server', 'app')
  return readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'page_client-reference-manifest.js')
    .map((path) => {
      const { entryJSFiles } = readPageManifest(readFileSync(join(pages, path), 'utf8'))
      const files = [...new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()])]
        .map((file) => ({ name: basename(file), bytes: sizeOf(file) }))
        .sort((a, b) => b.bytes - a.bytes)
      return { page: addressOf(path), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files }
    })
    .sort((a, b) => b.bytes - a.bytes)
}

/** The manifest is a script that sets one entry of a global object: `globalThis.X["/page"] = {…}`. */
function readPageManifest(script: string): PageManifest {
  const begin = script.indexOf('{', script.indexOf('"] ='))
  return JSON.parse(script.slice(begin, script.lastIndexOf('}') + 1))
}

/** "(app)/campaigns/[id]/page_…" -> "/campaigns/[id]". */
const addressOf = (path: string) =>
  `/${dirname(path)}`
    .replace(/\/\([^)]+\)/g, '')
    .replace(/^\/\.$/, '/')
    .replace(/^$/, '/')

/** 219_500 -> "219.5". */
export const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1)

/** The pages as a table, with their largest files, and what is too much. */
export function firstLoadTable(loads: readonly FirstLoad[], limit = FIRST_LOAD_LIMIT): string[] {
  const width = Math.max(...loads.map(({ page }) => page.length))
  return loads.map(({ page, bytes, files }) => {
    const largest = files.slice(0, 5).map((file) => `${file.name} ${kilobytes(file.bytes)}`)
    const over = bytes > limit ? `   ${kilobytes(bytes - limit)} kB too much` : ''
    return `${page.padEnd(width)}  ${kilobytes(bytes).padStart(6)} kB   ${largest.join(', ')}${over}`
  })
}
