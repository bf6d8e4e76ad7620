/** The keys that send what is being written, as this machine's keyboard names them. */
export function sendKeys(platform: string): string {
  return /^(mac|iphone|ipad)/i.test(platform) ? '⌘↵' : 'Ctrl ↵';
}
