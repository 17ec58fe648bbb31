/**
 * A text as messages may show it: the login of a URL, or of a host such as `user:password@host`, is left out. A password may hold any
 * character, so all up to the last `@` counts as one.
 */
export function withoutLogins(text: string): string {
  return text.replaceAll(/(:\/\/).*@/gs, "$1[secret]@").replace(/^(?!.*:\/\/)[^\s:@]*:.*@/s, "[secret]@");
}
