/**
 * The beginning of a text, at most so many UTF-16 units of it. A sign of two units, such as an emoji, is never cut in half: the half is
 * no text, and PostgreSQL refuses JSON that holds one.
 */
export function cutText(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  const isHalf = text.length > length && last >= 0xd800 && last <= 0xdbff
  return text.slice(0, isHalf ? length - 1 : length)
}
