import { show, shown } from './live.ts';

/** The barest live page: a server-sent id, one fetch, one line of text; nothing is kept. */
window.live = {
	start: () =>
		new Promise((resolve) => {
			const events = new EventSource('/events?of=target');
			events.onopen = () => resolve();
			events.onmessage = async (event: MessageEvent<string>) => {
				const row: { id: string; text: string } = await (await fetch(`/row/${event.data}`)).json();
				show(row.id, row.text);
			};
		}),
	shown
};
