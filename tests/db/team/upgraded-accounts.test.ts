import { Client } from 'pg'
import { expect, it } from 'vitest'
import { hashPassword } from '@/lib/password'
import { listPeople } from '@/use-cases/team/list-people'
import { migrate } from '../../../scripts/lib/database/migrations'
import { openAccounts } from '../../support/accounts'
import { keptStates, restoreState } from '../../support/database/database-state'
import { createEngine } from '../../support/engine'

// The accounts of an installation before there were teams: one owner, and members that somebody wrote into the database.
const BEFORE_TEAMS = keptStates().filter((name) => name < '0043')

it.each(BEFORE_TEAMS)('accounts of %s keep their role, their password and their sessions', async (name) => {
  const database = await restoreState(name)
  const hash = await hashPassword('a few words do well')
  const client = new Client({ connectionString: database.url })
  await client.connect()
  for (const [id, role] of [
    ['owner', 'owner'],
    ['second', 'member'],
  ]) {
    const values = [id, `${id}@nexa.example`, role]
    await client.query('INSERT INTO users (id, name, email, role) VALUES ($1, initcap($1), $2, $3)', values)
    await client.query(
      `INSERT INTO accounts (id, account_id, provider_id, user_id, password, created_at, updated_at)
       VALUES ($1, $1, 'credential', $1, $2, now(), now())`,
      [id, hash],
    )
    await client.query(
      `INSERT INTO sessions (id, token, user_id, expires_at, created_at, updated_at)
       VALUES ($1, $1, $1, now() + interval '1 day', now(), now())`,
      [id],
    )
  }
  await client.end()
  await migrate(database.url)
  const engine = await createEngine({ database })
  try {
    const { people } = await listPeople(engine.deps, { by: { id: 'owner', role: 'owner' } })
    expect(people.map(({ id, role, twoFactor, isYou }) => ({ id, role, twoFactor, isYou }))).toEqual([
      { id: 'owner', role: 'owner', twoFactor: false, isYou: true },
      { id: 'second', role: 'member', twoFactor: false, isYou: false },
    ])
    expect(await engine.db.session.count()).toBe(2)
    const signedIn = await openAccounts(engine).signIn('owner@nexa.example')
    expect(signedIn.status).toBe(200)
    expect(await engine.db.settings.findFirstOrThrow()).toMatchObject({ auditDays: 400 })
  } finally {
    await engine.close()
  }
})
