import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import packed, { inflate } from '@sparticuz/chromium'
import { chromium } from 'playwright'

export type Browser = { executablePath: string; env: Record<string, string | undefined> }

const PACKAGE = 'node_modules/@sparticuz/chromium'

/**
 * The Chromium to test with: that of `playwright install` where there is one, else the one inside an npm package, with
 * its own libraries and fonts where the machine has none. Nothing is downloaded or installed.
 */
export async function findBrowser(): Promise<Browser> {
  const installed = chromium.executablePath()
  if (existsSync(installed)) return { executablePath: installed, env: process.env }
  const executablePath = await unpackBrowser()
  const folder = dirname(executablePath)
  const libraries = lacksLibraries(executablePath) && {
    LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  }
  const fonts = !existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  return { executablePath, env: { ...process.env, ...libraries, ...fonts } }
}

// The package unpacks to fixed names in the temporary folder; a folder for this user and version keeps two users, two
// versions and an unpacking that was cut short apart.
async function unpackBrowser(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const folder = join(tmpdir(), `leadnexconnect-chromium-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(folder)) return join(folder, 'chromium')
  const unfinished = mkdtempSync(`${folder}-`)
  const own = process.env.TMPDIR
  process.env.TMPDIR = unfinished
  try {
    await packed.executablePath()
    await inflate(join(PACKAGE, 'bin/al2023.tar.br'))
  } finally {
    if (own === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = own
  }
  const fonts = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`
  writeFileSync(join(unfinished, 'fonts.conf'), `<?xml version="1.0"?>\n${fonts}\n`)
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    // Another run was faster; its folder is as good.
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return join(folder, 'chromium')
}

function lacksLibraries(executablePath: string): boolean {
  try {
    return execFileSync('ldd', [executablePath], { encoding: 'utf8' }).includes('not found')
  } catch {
    return true
  }
}
