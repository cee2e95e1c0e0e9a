/** So many different leads in a row whose email has the same fault, made or refused, pause their campaign. */
export const MAX_TEMPLATE_FAULTS = 3
