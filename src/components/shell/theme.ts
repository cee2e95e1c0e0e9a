export type Theme = 'light' | 'dark'

/** Kept in a cookie, so that the server paints the first page in it. Absent: as the system has it. */
export const THEME_COOKIE = 'theme'

export const isTheme = (value: string | undefined): value is Theme => value === 'light' || value === 'dark'
