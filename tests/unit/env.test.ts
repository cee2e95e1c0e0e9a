import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const NEEDED = {
  DATABASE_URL: 'postgresql://127.0.0.1:5432/x',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  APP_URL: 'http://localhost:3000',
  AUTH_SECRET: 'a'.repeat(32),
  ENCRYPTION_KEY: 'b'.repeat(64),
}

describe('where the environment lets lead sources be asked', () => {
  beforeEach(() => {
    vi.resetModules()
    for (const [name, value] of Object.entries(NEEDED)) vi.stubEnv(name, value)
    // What is wrong is printed too, and meant to be.
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
  })
  afterEach(() => vi.unstubAllEnvs())

  it.each([
    'https://apollo.proxy.example/v1',
    'http://127.0.0.1:4000/apollo',
    'http://localhost:4000',
    'http://[::1]:4000',
  ])('takes %s', async (address) => {
    vi.stubEnv('APOLLO_BASE_URL', address)
    vi.stubEnv('HUNTER_API_KEY', ' key-of-hunter ')
    const { leadSourceEnv } = await import('@/env')
    expect(leadSourceEnv()).toEqual({
      keys: { hunter: 'key-of-hunter' },
      baseUrls: { apollo: address },
      sample: false,
    })
  })

  it.each(['http://apollo.proxy.example', 'http://10.0.0.5', 'ftp://127.0.0.1', 'apollo'])(
    'refuses %s, where a key would travel open or not at all',
    async (address) => {
      vi.stubEnv('APOLLO_BASE_URL', address)
      await expect(import('@/env')).rejects.toThrow(/environment variables/i)
    },
  )
})

describe('the clients of providers in the environment', () => {
  beforeEach(() => {
    vi.resetModules()
    for (const [name, value] of Object.entries(NEEDED)) vi.stubEnv(name, value)
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
  })
  afterEach(() => vi.unstubAllEnvs())

  const clients = async (given: Record<string, string>) => {
    for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value)
    return (await import('@/env')).oauthEnv()
  }

  it('are none without an id', async () => {
    expect(await clients({ MICROSOFT_CLIENT_ID: '' })).toEqual({})
  })

  it('are whole, with the tenant and the cloud at Microsoft', async () => {
    const given = {
      MICROSOFT_CLIENT_ID: ' id-of-microsoft ',
      MICROSOFT_CLIENT_SECRET: 'secret-of-microsoft',
      MICROSOFT_TENANT: 'nexa.example',
      MICROSOFT_AUTHORITY: 'https://login.microsoftonline.us',
      GOOGLE_CLIENT_ID: 'id-of-google',
    }
    expect(await clients(given)).toEqual({
      microsoft: {
        provider: 'microsoft',
        clientId: 'id-of-microsoft',
        secret: 'secret-of-microsoft',
        tenant: 'nexa.example',
        authority: 'https://login.microsoftonline.us',
      },
      google: { provider: 'google', clientId: 'id-of-google', secret: null, tenant: null, authority: null },
    })
  })

  it.each<Record<string, string>>([
    { MICROSOFT_CLIENT_SECRET: 'secret' },
    { MICROSOFT_TENANT: 'nexa.example' },
    { GOOGLE_CLIENT_SECRET: 'secret' },
    { MICROSOFT_CLIENT_ID: 'id', MICROSOFT_AUTHORITY: 'http://login.nexa.example' },
    { MICROSOFT_CLIENT_ID: 'id', MICROSOFT_TENANT: 'nexa example/../x' },
  ])('%j ends the process, since nobody could sign in with it', async (given) => {
    await expect(clients(given)).rejects.toThrow(/environment variables/i)
  })
})

describe('where the web process listens', () => {
  beforeEach(() => {
    vi.resetModules()
    for (const [name, value] of Object.entries({ ...NEEDED, HOST: '' })) vi.stubEnv(name, value)
  })
  afterEach(() => vi.unstubAllEnvs())

  it('is this machine alone, unless the environment names another address', async () => {
    expect((await import('@/env')).env.HOST).toBe('127.0.0.1')
  })

  it('is where the environment says', async () => {
    vi.stubEnv('HOST', '0.0.0.0')
    expect((await import('@/env')).env.HOST).toBe('0.0.0.0')
  })
})

describe('where backups are made every day', () => {
  beforeEach(() => {
    vi.resetModules()
    for (const [name, value] of Object.entries(NEEDED)) vi.stubEnv(name, value)
    // What is wrong is printed too, and meant to be.
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
  })
  afterEach(() => vi.unstubAllEnvs())

  it('is a folder with a passphrase: without one, or with a short one, the process ends', async () => {
    vi.stubEnv('BACKUP_DIRECTORY', '/var/backups/leadnexconnect')
    await expect(import('@/env')).rejects.toThrow(/environment variables/i)
    vi.resetModules()
    vi.stubEnv('BACKUP_PASSPHRASE', 'short')
    await expect(import('@/env')).rejects.toThrow(/environment variables/i)
    vi.resetModules()
    vi.stubEnv('BACKUP_PASSPHRASE', 'four calm words here')
    expect((await import('@/env')).env.BACKUP_DIRECTORY).toBe('/var/backups/leadnexconnect')
  })
})
