const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** The number of a day below its weekday: with the month where one begins, and on the first day shown. */
export const dayNumber = (date: Date, isFirst: boolean) =>
  isFirst || date.getUTCDate() === 1 ? dayAndMonth.format(date) : String(date.getUTCDate())
