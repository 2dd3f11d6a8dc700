// Finds a Chromium for the browser tests, installs one when it may, and otherwise says clearly what is missing.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { capture, Stop, say } from './processes.mjs';

export function findBrowser(root, tools) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (works(named)) return named;
    throw new Stop(`CHROMIUM_PATH is ${named}, which does not start.`);
  }
  const found = usualPlaces().find(works) ?? playwrightBrowser(root, tools);
  if (found) return found;
  return installedBySystem() ?? installedByPlaywright(root, tools) ?? give();
}

function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['/Applications', path.join(process.env.HOME ?? '', 'Applications')];
    const names = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
    return apps.flatMap((folder) => names.map((name) => path.join(folder, name)));
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const names = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return roots.filter(Boolean).flatMap((folder) => names.map((name) => path.join(folder, name)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = [
    ...new Set([...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin', '/opt/google/chrome']),
  ];
  return folders.filter(Boolean).flatMap((folder) => names.map((name) => path.join(folder, name)));
}

/** Asks for the version, since some systems ship a stub that only tells to install a snap. Windows would open a window. */
function works(file) {
  if (!existsSync(file)) return false;
  return process.platform === 'win32' || capture(file, ['--version'], { timeout: 30_000 }).ok;
}

function playwrightBrowser(root, tools) {
  const script = "import('@playwright/test').then((m) => process.stdout.write(m.chromium.executablePath()))";
  const asked = capture(tools.node, ['-e', script], { cwd: path.join(root, 'test'), env: tools.env });
  return asked.ok && works(asked.out.trim()) ? asked.out.trim() : undefined;
}

function installedBySystem() {
  const debian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  if (!debian || process.getuid?.() !== 0) return undefined;
  say('no Chromium found; installing it with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  capture('apt-get', ['update', '-q'], { env });
  const done = capture('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
    env,
    maxBuffer: 64 << 20,
  });
  if (!done.ok) say(`apt-get could not install it: ${done.out.trim().split('\n').at(-1)}`);
  return usualPlaces().find(works);
}

function installedByPlaywright(root, tools) {
  say('no Chromium found; trying the download of Playwright');
  const done = capture(tools.node, [tools.bin('test', 'playwright'), 'install', 'chromium'], {
    cwd: path.join(root, 'test'),
    env: tools.env,
    timeout: 600_000,
    maxBuffer: 64 << 20,
  });
  if (!done.ok) say(`it could not be downloaded: ${done.out.trim().split('\n').at(-1)}`);
  return playwrightBrowser(root, tools);
}

function give() {
  throw new Stop('the browser tests need Chromium or Chrome. Install one, or set CHROMIUM_PATH to its program file.');
}
