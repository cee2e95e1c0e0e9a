import { expect } from 'vitest'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { BY, type Engine } from '../engine'
import { type Script, startScriptedSmtp } from './scripted-smtp'

/**
 * The engine's mailbox gets a server that takes or refuses each message by what stands in it. Tells whom messages were
 * offered for, and the commands.
 */
export async function startRefusingServer(
  engine: Engine,
  {
    connections = 1,
    ehlo = '250 scripted',
    refuse,
  }: {
    connections?: number
    ehlo?: string
    refuse: (message: string) => string | undefined
  },
) {
  const offered: string[] = []
  const commands: string[] = []
  const script: Script = (command, { message }) => {
    if (!command.startsWith('.')) commands.push(command)
    if (command.startsWith('EHLO')) return ehlo
    if (command !== '.') return undefined
    offered.push(/^To: .*?([^<\s]+@[^>\s]+)/m.exec(message)?.[1] ?? '')
    return refuse(message)
  }
  const server = await startScriptedSmtp(script)
  engine.deps.config.smtpUrl = `smtp://127.0.0.1:${server.port}`
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.update({ where: { id: mailbox.id }, data: { maxConnections: connections } })
  return { ...server, offered, commands, mailboxId: mailbox.id }
}

/** Nobody pays: every lead is as it was, no address is suppressed, no attempt is used. */
export async function expectNobodyHarmed(engine: Engine, ...campaignIds: string[]) {
  const of = { campaignId: { in: campaignIds } }
  expect(await engine.db.scheduledEmail.count({ where: { ...of, retryCount: { gt: 0 } } })).toBe(0)
  expect(await engine.db.scheduledEmail.count({ where: { ...of, status: 'skipped' } })).toBe(0)
  const harmed = { status: { not: 'new' as const }, scheduledEmails: { some: of } }
  expect(await engine.db.lead.count({ where: harmed })).toBe(0)
  expect(await engine.db.suppression.count()).toBe(0)
}
/** Saves the template anew, short and with another subject. */
export const fixTemplate = async (engine: Engine, templateId: string | undefined) =>
  updateTemplate(engine.deps, {
    ...{ id: templateId ?? '', name: 'Step 1', subject: 'Fixed {{ company_name }}', bodyText: 'Fixed' },
    by: BY,
  })
