import { expect, it } from 'vitest'
import { returnPath } from '@/server/http/return-path'

const APP = 'https://app.example'
const pathOf = (next: unknown) => returnPath(next, APP, '/campaigns')

it.each([
  ['/leads?search=a&page=2', '/leads?search=a&page=2'],
  ['/campaigns/1#top', '/campaigns/1'],
  ['leads', '/leads'],
  [`${APP}/leads`, '/leads'],
  ['/leads//x', '/leads//x'],
])('leads back to %s on this site', (next, path) => {
  expect(pathOf(next)).toBe(path)
})

it.each([
  undefined,
  ['/a', '/b'],
  '',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'https://evil.example/',
  'https:evil.example',
  'http://app.example/',
  'https://app.example@evil.example/',
  'https://app.example.evil.example/',
  'javascript:alert(1)',
  'data:text/html,x',
])('leads to no other site: %j', (next) => {
  // As the browser resolves it.
  expect(new URL(pathOf(next), APP).origin).toBe(APP)
})
