/** What Chromium hands over when it would install this page; not in the DOM library. */
type InstallEvent = Event & { prompt(): Promise<unknown> };
const isInstallEvent = (event: Event): event is InstallEvent => 'prompt' in event;

const declinedKey = 'san:install-declined';

/** Whether this browser can put the program on the home screen, and whether the person wants it. */
class InstallOffer {
	#asked: InstallEvent | null = $state(null);
	#byHand = $state(false);
	#declined = $state(false);

	/** `button` = the browser installs when asked; `by hand` = an iPhone, where the person has to do it. */
	get kind(): 'none' | 'button' | 'by hand' {
		if (this.#declined) return 'none';
		if (this.#asked) return 'button';
		return this.#byHand ? 'by hand' : 'none';
	}

	/** From the first screen on: the browser offers once, early, whatever screen is open. */
	listen(): () => void {
		this.#declined = remembered();
		this.#byHand = isIphone() && !matchMedia('(display-mode: standalone)').matches;
		const offered = (event: Event) => {
			if (!isInstallEvent(event)) return;
			// The browser's own bar would ask at its own moment, over whatever is being typed.
			event.preventDefault();
			this.#asked = event;
		};
		const installed = () => (this.#asked = null);
		addEventListener('beforeinstallprompt', offered);
		addEventListener('appinstalled', installed);
		return () => {
			removeEventListener('beforeinstallprompt', offered);
			removeEventListener('appinstalled', installed);
		};
	}

	async accept(): Promise<void> {
		const event = this.#asked;
		this.#asked = null;
		await event?.prompt();
	}

	decline(): void {
		this.#declined = true;
		try {
			localStorage.setItem(declinedKey, '1');
		} catch {
			// Storage forbidden: it asks once more next time.
		}
	}
}

export const installOffer = new InstallOffer();

function remembered(): boolean {
	try {
		return localStorage.getItem(declinedKey) !== null;
	} catch {
		return false;
	}
}

const isIphone = (): boolean => /iPhone|iPad|iPod/.test(navigator.userAgent);
