import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Source = { path: string; text: string }

export const SOURCE_FOLDERS = ['src', 'web', 'worker', 'scripts', 'tests']

/** All sources under `root`, the configuration files beside its folders included; paths are relative to it. */
export function readSources(root = '.'): Source[] {
  const deep = SOURCE_FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  return [...readdirSync(root), ...deep]
    .filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
