import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page } from 'playwright/test'
import { names, opened, rows } from '../screens/inbox'
import type { Database } from '../support/database'

const PICTURE = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** A server of pictures that somebody else has, and what it was asked for. */
async function startPictureServer() {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    response.setHeader('content-type', 'image/gif').end(PICTURE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { asked, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

/** Opens a message with pictures of others: in the markup, of two sizes, and in a style. */
export async function showPictures(page: Page, database: Database) {
  const elsewhere = await startPictureServer()
  const { url, asked } = elsewhere
  await database.rows(
    `UPDATE received_messages SET body_html = '<p style="background:url(${url}/style.gif)">Our halls at night</p>
       <img alt="A hall" src="${url}/hall.gif"><img alt="A gate" srcset="${url}/gate.gif 1x, ${url}/gate-2x.gif 2x">'
     WHERE body_text LIKE '%my colleague in purchasing%'`,
  )
  await page.goto('/inbox?scope=everything')
  await rows(page)
    .filter({ hasText: names[2] ?? '' })
    .click()
  const message = opened(page, names[2])
    .getByRole('list', { name: 'Messages' })
    .getByRole('listitem')
    .filter({ hasText: 'my colleague in purchasing' })
  await message.getByRole('button', { name: 'Show the whole message' }).click()
  const frame = message.frameLocator('iframe')
  const hall = frame.getByRole('img', { name: 'A hall' })
  await expect(frame.getByText('Our halls at night')).toBeVisible()
  // Each has been tried, and was kept from being fetched.
  const isOver = (picture: HTMLImageElement) => picture.complete && picture.naturalWidth === 0
  await expect.poll(() => hall.evaluate(isOver)).toBe(true)
  await expect.poll(() => frame.getByRole('img', { name: 'A gate' }).evaluate(isOver)).toBe(true)
  expect(asked).toHaveLength(0)

  const show = message.getByRole('button', { name: 'Show the pictures' })
  await show.click()
  await expect(show).toBeHidden()
  // The frame is loaded anew for them: what is asked of it meanwhile is asked again.
  await expect(hall).toHaveJSProperty('naturalWidth', 1)
  await expect
    .poll(() => asked.map((request) => request.url).toSorted())
    .toEqual(['/gate.gif', '/hall.gif', '/style.gif'])
  // Whose pictures they are does not learn from where they were asked for.
  expect(asked.flatMap(({ headers }) => [headers.referer, headers.cookie]).filter(Boolean)).toEqual([])
  elsewhere.close()
}
