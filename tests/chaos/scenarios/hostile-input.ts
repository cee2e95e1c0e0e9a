import { parseTemplate, renderMessage } from '@/domain/message/render'
import { HOSTILE } from '../../support/hostile-templates'
import { sendHostileFields } from '../hostile/fields'
import { knockInside } from '../hostile/inner-hosts'
import { changeTokens } from '../hostile/tokens'
import { ask } from '../requests/asked'
import { createRandom } from '../support/random'
import { atLeast, atMost, type Figure } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage } from '../support/stage'
import type { WebProcess } from '../support/web-process'

const LONGEST_MS = 1_000

export const hostileInput = scenario({
  id: 'T15',
  title:
    'hostile fields, templates, hosts and tokens: no header, recipient, connection or redirect that is not meant, and no wait',
  full: { fields: 10_000, tokens: 10_000, stall: 100 },
  short: { fields: 600, tokens: 400, stall: 0 },
  run: ({ seed, sizes, server, web: kind }) =>
    onStage({ seed, server }, async (stage) => {
      const random = createRandom(seed)
      const fields = await sendHostileFields(stage, random, sizes.fields)
      const web = await stage.openWeb(kind)
      const tokens = await changeTokens(stage, web, random, sizes.tokens)
      const templates = await renderHostile(web, sizes.stall)
      const hosts = await knockInside()
      return {
        figures: [...fields.figures, ...templates.figures, ...hosts.figures, ...tokens.figures],
        counts: { ...fields.counts, ...templates.counts, ...hosts.counts, ...tokens.counts },
      }
    }),
})

/** Each in this process, where its processor time tells how long it takes, and as a preview in the web process. */
async function renderHostile(
  web: WebProcess,
  stall: number,
): Promise<{ figures: Figure[]; counts: Record<string, number> }> {
  const templates = Object.values(HOSTILE).map((source) => ({ subject: 'x', bodyText: source, bodyHtml: source }))
  let longest = 0
  for (const template of templates) {
    const before = process.cpuUsage()
    parseTemplate(template)
    renderMessage(template, { a: 'a value', b: 'another' })
    const { user, system } = process.cpuUsage(before)
    longest = Math.max(longest, (user + system) / 1_000)
  }
  const previewed = await previewAll(web, templates)
  const figures = [
    atLeast('hostile templates', templates.length, 20),
    atMost('longest processor time of one, in ms', Math.round(longest), LONGEST_MS),
  ]
  if (stall > 0) {
    figures.push(
      atMost('longest preview of one, in ms', Math.round(previewed.longest), LONGEST_MS),
      atMost('longest time in which the web process did nothing else, in ms', Math.round(previewed.stall), stall),
    )
  }
  return { figures, counts: { 'previews refused with words': previewed.refused } }
}

async function previewAll(web: WebProcess, templates: readonly object[]) {
  const session = await web.signIn()
  const preview = async (template: object) => {
    const body = JSON.stringify({ json: { template } })
    const headers = { 'content-type': 'application/json', origin: web.url, cookie: session.cookie }
    const startedAt = performance.now()
    const { status } = await ask(web.url, { method: 'POST', path: '/api/trpc/templates.preview', headers, body })
    return { ms: performance.now() - startedAt, status }
  }
  // What is loaded at its first use is loaded before anything is measured.
  await preview({ subject: 'x', bodyText: 'x', bodyHtml: null })
  await web.longestStall()
  let longest = 0
  let refused = 0
  for (const template of templates) {
    const { ms, status } = await preview(template)
    longest = Math.max(longest, ms)
    if (status >= 400) refused++
  }
  return { longest, refused, stall: (await web.longestStall()).workedMs }
}
