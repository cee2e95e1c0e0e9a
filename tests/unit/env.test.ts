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
