import { expect, it } from 'vitest'
import { isPublicHttps } from '@/domain/public-address'

it.each([
  ['https://mail.nexa.dev', true],
  ['https://mail.nexa.dev:8443/app', true],
  ['https://93.184.216.34', true],
  ['https://172.32.0.1', true],
  ['https://10up.com', true],
  ['https://[2606:2800:220:1::1]', true],
  ['http://mail.nexa.dev', false],
  ['https://localhost:3000', false],
  ['https://app.localhost', false],
  ['https://crm', false],
  ['https://crm.internal', false],
  ['https://127.0.0.1', false],
  ['https://10.0.0.5', false],
  ['https://172.16.3.4', false],
  ['https://192.168.1.9', false],
  ['https://[::1]:3000', false],
  ['https://[fd00::1]', false],
  ['no address', false],
])('%s can be opened by anybody: %s', (address, open) => {
  expect(isPublicHttps(address)).toBe(open)
})
