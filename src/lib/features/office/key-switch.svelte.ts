const place = 'san-tinh.desk-keys';

function stored(): boolean {
	try {
		return localStorage.getItem(place) !== 'off';
	} catch {
		// Storage may be shut by the browser's settings; keys then work for this visit.
		return true;
	}
}

/** Single-letter keys can be turned off on a device: they get in the way of voice control (WCAG 2.1.4). */
class KeySwitch {
	on = $state(typeof localStorage === 'undefined' ? true : stored());

	set(on: boolean): void {
		this.on = on;
		try {
			localStorage.setItem(place, on ? 'on' : 'off');
		} catch {
			// As above: the choice holds until the page is closed.
		}
	}
}

export const keySwitch = new KeySwitch();
