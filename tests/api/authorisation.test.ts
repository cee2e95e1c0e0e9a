import { type AnyProcedure, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giversOf } from '@/domain/team/people'
import { mayUse, PROCEDURES, refusalWords } from '@/domain/team/permissions'
import { ROLES, type Role } from '@/domain/team/roles'
import type { Context } from '@/server/api/context'
import { appRouter } from '@/server/api/root'
import { createCallerFactory, createRouter, openProcedure, procedure } from '@/server/api/trpc'
import { createEngine, type Engine } from '../support/engine'

// Flat while it runs, whatever its type says.
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>)
const paths = procedures.map(([path]) => path).sort()
const mutations = procedures.flatMap(([path, { _def }]) => (_def.type === 'mutation' ? [path] : []))

const as = (role: Role) => ({ id: `a-${role}`, name: role, email: `${role}@nexa.example`, role })
type Callers = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

async function codeOf(caller: unknown, path: string): Promise<string> {
  const [noun = '', verb = ''] = path.split('.')
  try {
    // No input: what is let through ends at its validation, or answers.
    await (caller as Callers)[noun]?.[verb]?.(undefined)
    return 'OK'
  } catch (error) {
    return error instanceof TRPCError ? error.code : 'NOT A TRPC ERROR'
  }
}

describe('the table of permissions', () => {
  it('names every procedure, and nothing else', () => {
    expect(Object.keys(PROCEDURES).sort()).toEqual(paths)
  })

  it('is open to strangers where they join, and where they have forgotten their password', () => {
    const open = ['account.requestReset', 'account.resetPassword', 'invitations.accept']
    expect(paths.filter((path) => mayUse(PROCEDURES[path], null))).toEqual(open)
  })

  it('lets viewers change their own account, how and of what they are told, and nothing else: a preview is a mutation, since its text is long', () => {
    const theirs = mutations.filter((path) => mayUse(PROCEDURES[path], 'viewer') && !mayUse(PROCEDURES[path], null))
    expect(theirs.filter((path) => !/^(account|notifications)\./.test(path))).toEqual(['templates.preview'])
  })

  it('leaves credentials, settings and people to owners and admins', () => {
    const theirs = mutations.filter((path) => /^(leadSources|mailboxes|settings|team)\./.test(path))
    expect(theirs).toContain('mailboxes.create')
    expect(theirs.filter((path) => mayUse(PROCEDURES[path], 'member'))).toEqual([])
  })

  it('tells viewers whom to ask: everybody who can give them another role', () => {
    expect(giversOf('viewer', 'member')).toEqual(['owner', 'admin'])
    expect(refusalWords('member')).toContain('ask an owner or an admin for another role')
  })

  it('lets the owner call everything', () => {
    expect(paths.filter((path) => !mayUse(PROCEDURES[path], 'owner'))).toEqual([])
  })
})

describe.each(paths)('%s', (path) => {
  const createCaller = createCallerFactory(appRouter)
  const LET_THROUGH = ['OK', 'BAD_REQUEST', 'NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED']

  it.each([null, ...ROLES])('answers as the table says: %s', async (role) => {
    const code = await codeOf(createCaller({ deps: engine.deps, user: role && as(role) }), path)
    if (mayUse(PROCEDURES[path], role)) expect(LET_THROUGH).toContain(code)
    else expect(code).toBe(role ? 'FORBIDDEN' : 'UNAUTHORIZED')
  })
})

describe('the body of a call', () => {
  /** What a call of this mutation is answered, and how much of its body was read until then. */
  async function post(path: string, user: Context['user']) {
    let pieces = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pieces++
          controller.enqueue(new TextEncoder().encode(pieces === 1 ? '{"json":' : 'null}'))
          if (pieces === 2) controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'content-type': 'application/json' }
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
    const req = new Request(`http://localhost/api/trpc/${path}`, init)
    const createContext = () => ({ deps: engine.deps, user })
    const { status } = await fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter, createContext })
    return { path, status, pieces }
  }

  it.each([null, 'viewer', 'member', 'admin'] as const)('is not read for who may not make it: %s', async (role) => {
    const closed = mutations.filter((path) => !mayUse(PROCEDURES[path], role))
    const seen = []
    for (const path of closed) seen.push(await post(path, role && as(role)))
    expect(seen).toEqual(closed.map((path) => ({ path, status: role ? 403 : 401, pieces: 0 })))
  })

  it('is read for who may', async () => {
    expect(await post('team.invite', as('owner'))).toEqual({ path: 'team.invite', status: 400, pieces: 2 })
  })
})

describe('a procedure that the table does not name', () => {
  const forgotten = createRouter({
    forgotten: createRouter({ signedIn: procedure.query(() => 'secret'), open: openProcedure.query(() => 'secret') }),
  })
  const createCaller = createCallerFactory(forgotten)

  it.each(['forgotten.signedIn', 'forgotten.open'])('is closed to everybody, the owner included: %s', async (path) => {
    expect(await codeOf(createCaller({ deps: engine.deps, user: as('owner') }), path)).toBe('FORBIDDEN')
    expect(await codeOf(createCaller({ deps: engine.deps, user: null }), path)).toBe('UNAUTHORIZED')
  })
})
