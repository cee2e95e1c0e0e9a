import { expect, it } from 'vitest'
import { unknownVariables, usedVariables } from '@/domain/message/problems'
import { parseTemplate, renderMessage } from '@/domain/message/render'
import { HOSTILE } from '../../../support/hostile-templates'

it.each(Object.entries(HOSTILE))('stops a template that %s', (_title, source) => {
  const template = { subject: 'x', bodyText: source, bodyHtml: source }
  const before = process.cpuUsage()
  parseTemplate(template)
  const result = renderMessage(template, { a: 'a value', b: 'another' })
  if (!parseTemplate(template).length) {
    usedVariables(template)
    unknownVariables(template, new Set(['a']))
  }
  // All of it together. The processor's time, because other tests run beside this one.
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(1_000)
  if (result.ok) expect(result.text.length + (result.html?.length ?? 0)).toBeLessThan(2_000_000)
})
