import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SignedInUser } from '@/server/api/context'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { createEngine, type Engine } from '../support/engine'

/** Who may call what. A procedure without an entry fails the first test: add it here, and mean it. */
const RULES: Record<string, 'member' | 'owner'> = {
  'batches.create': 'member',
  'batches.delete': 'member',
  'batches.get': 'member',
  'batches.importCsv': 'member',
  'batches.list': 'member',
  'batches.update': 'member',
  'campaigns.create': 'member',
  'campaigns.delete': 'member',
  'campaigns.duplicate': 'member',
  'campaigns.emails': 'member',
  'campaigns.estimate': 'member',
  'campaigns.events': 'member',
  'campaigns.forecast': 'member',
  'campaigns.get': 'member',
  'campaigns.list': 'member',
  'campaigns.pause': 'member',
  'campaigns.preflight': 'member',
  'campaigns.progress': 'member',
  'campaigns.resolveHeld': 'member',
  'campaigns.resume': 'member',
  'campaigns.resumePreview': 'member',
  'campaigns.retryFailed': 'member',
  'campaigns.schedule': 'member',
  'campaigns.start': 'member',
  'campaigns.stop': 'member',
  'campaigns.update': 'member',
  'sandbox.answer': 'member',
  'sandbox.answers': 'member',
  'sandbox.get': 'member',
  'sandbox.list': 'member',
  'leadSources.list': 'member',
  'leadSources.save': 'owner',
  'leadSources.test': 'owner',
  'leads.correctMessage': 'member',
  'leads.create': 'member',
  'leads.delete': 'member',
  'leads.get': 'member',
  'leads.list': 'member',
  'leads.receivedMessage': 'member',
  'leads.setStatus': 'member',
  'leads.update': 'member',
  'mailboxes.checkDomain': 'owner',
  'mailboxes.create': 'owner',
  'mailboxes.delete': 'owner',
  'mailboxes.endSignIn': 'owner',
  'mailboxes.list': 'member',
  'mailboxes.oauthClients': 'owner',
  'mailboxes.provider': 'owner',
  'mailboxes.saveOauthClient': 'owner',
  'mailboxes.startSignIn': 'owner',
  'mailboxes.test': 'owner',
  'mailboxes.update': 'owner',
  'runs.get': 'member',
  'runs.list': 'member',
  'settings.get': 'member',
  'settings.loadSampleData': 'owner',
  'settings.update': 'owner',
  'suppression.add': 'member',
  'suppression.import': 'member',
  'suppression.list': 'member',
  'suppression.removals': 'member',
  'suppression.remove': 'member',
  'templates.create': 'member',
  'templates.delete': 'member',
  'templates.get': 'member',
  'templates.list': 'member',
  'templates.preview': 'member',
  'templates.sendTest': 'member',
  'templates.testMailboxes': 'member',
  'templates.update': 'member',
  'workflows.create': 'member',
  'workflows.delete': 'member',
  'workflows.get': 'member',
  'workflows.list': 'member',
  'workflows.update': 'member',
}

const member: SignedInUser = { id: 'u1', name: 'Member', email: 'member@nexa.example', role: 'member' }
const owner: SignedInUser = { ...member, id: 'u2', role: 'owner' }
const createCaller = createCallerFactory(appRouter)

describe('authorisation', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('has a rule for every procedure, and for nothing else', () => {
    expect(Object.keys(appRouter._def.procedures).sort()).toEqual(Object.keys(RULES).sort())
  })

  const codeOf = async (path: string, user: SignedInUser | null): Promise<string> => {
    const [noun = '', verb = ''] = path.split('.')
    const caller = createCaller({ deps: engine.deps, user }) as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<unknown>>
    >
    try {
      // No input: what is let through ends at its validation, or answers.
      await caller[noun]?.[verb]?.(undefined)
      return 'OK'
    } catch (error) {
      return error instanceof TRPCError ? error.code : 'NOT A TRPC ERROR'
    }
  }

  it.each(Object.entries(RULES))('%s: %s', async (path, rule) => {
    expect(await codeOf(path, null)).toBe('UNAUTHORIZED')
    const letThrough = ['OK', 'BAD_REQUEST', 'NOT_FOUND']
    if (rule === 'owner') expect(await codeOf(path, member)).toBe('FORBIDDEN')
    else expect(letThrough).toContain(await codeOf(path, member))
    expect(letThrough).toContain(await codeOf(path, owner))
  })
})
