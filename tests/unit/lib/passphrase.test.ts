import { expect, it } from 'vitest'
import { openWithPassphrase, sealWithPassphrase } from '@/lib/passphrase'

it('opens with the same passphrase alone, however its accents were typed', async () => {
  const sealed = await sealWithPassphrase('caf\u00e9 by the river', 'the keys')
  expect(sealed).not.toContain('the keys')
  expect(await openWithPassphrase('cafe\u0301 by the river', sealed)).toBe('the keys')
  expect(await openWithPassphrase('cafe by the river', sealed)).toBeNull()
})

it('opens nothing that was altered, cut off, or is something else', async () => {
  const sealed = await sealWithPassphrase('a long passphrase', 'the keys')
  const [kind, salt, nonce, tag, text] = sealed.split('.')
  for (const altered of [
    [kind, salt, nonce, tag, `${text?.startsWith('A') ? 'B' : 'A'}${text?.slice(1)}`].join('.'),
    [kind, salt, nonce, tag].join('.'),
    [kind, salt, nonce, tag?.slice(0, 4), text].join('.'),
    ['another', salt, nonce, tag, text].join('.'),
    '',
  ])
    expect(await openWithPassphrase('a long passphrase', altered)).toBeNull()
})
