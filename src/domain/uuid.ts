const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const DIGITS_OF_TIME = 12

/** The first id that the database gives to a row at this instant or later, on its own clock: ids ascend with time. */
export function firstIdAt(at: Date): string {
  const time = Math.max(0, at.getTime()).toString(16).padStart(DIGITS_OF_TIME, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

/** Whether a text is the id of a row, in the form in which the database writes it. */
export const isUuid = (text: string): boolean => UUID.test(text)
