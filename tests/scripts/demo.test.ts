import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../scripts/lib/ports'
import { createFolder, STACK } from '../support/second-folder'

const FROM_SOURCES = `import { mkdirSync, writeFileSync } from 'node:fs'
const SOURCES = { sandbox: 'scripts/sandbox-inbox.ts', worker: 'worker/main.ts', web: 'web/main.ts' }
export const bundlePrograms = async () => {
  mkdirSync('.programs', { recursive: true })
  for (const [name, source] of Object.entries(SOURCES))
    writeFileSync('.programs/' + name + '.mjs', "import 'tsx'\\nawait import('../" + source + "')\\n")
}
`

// What a newcomer sees who has nothing but the sources: the web process is its routes alone here, since a build takes minutes.
let folder: ReturnType<typeof createFolder>
beforeAll(() => {
  folder = createFolder(['sample-data', 'tests/chaos/web/main.ts', 'tests/support/servers/route-server.ts'])
  writeFileSync(folder.path('web', 'main.ts'), "import '../tests/chaos/web/main'\n")
  writeFileSync(folder.path('scripts', 'lib', 'app', 'build.ts'), 'export const ensureBuild = async () => undefined\n')
  // Those routes are no program that can be bundled: Next's own names stand in them.
  writeFileSync(folder.path('scripts', 'lib', 'app', 'programs.ts'), FROM_SOURCES)
})
afterAll(() => folder.remove())

it('npm run demo shows two replies, a bounce and an out-of-office doing their work, and ends by Ctrl-C', {
  timeout: 400_000,
}, async () => {
  const OUTCOMES = [
    /^Ines Moreau replied: the lead is "replied", \d emails? skipped \(lead_replied\)\.$/m,
    /^Tomas Berg replied: the lead is "replied", \d emails? skipped \(lead_replied\)\.$/m,
    /^Old Address bounced: the lead is "bounced" and suppressed, \d emails? skipped \(lead_bounced\)\.$/m,
    /^Vera Falk is out of office until 2026-03-\d\d: emails left on 2026-03-0[\d, -]+, \d still to come\.$/m,
  ]
  const env = { PORT: String(await freePort()) }
  const ended = await folder.run('demo', env, ['--exit'], (said, pressCtrlC) => {
    if (OUTCOMES.every((outcome) => outcome.test(said))) pressCtrlC()
  })
  for (const outcome of OUTCOMES) expect(ended.said).toMatch(outcome)
  expect(ended).toMatchObject({ code: 0, said: expect.not.stringMatching(STACK) })
})
