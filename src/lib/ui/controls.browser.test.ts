import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../app.css';
import Choices from './Choices.svelte';
import NumberField from './NumberField.svelte';
import Stepper from './Stepper.svelte';
import TextField from './TextField.svelte';

test('a price may be typed with or without its dots and is tidied when the box is left', async () => {
	const onchange = vi.fn();
	await render(NumberField, { label: 'Giá bán', value: null, onchange });
	const box = page.getByLabelText('Giá bán');
	await userEvent.type(box, '85000');
	expect(onchange).toHaveBeenLastCalledWith(85_000);
	await userEvent.tab();
	await expect.element(box).toHaveValue('85.000');
});

test('a letter typed into a number box changes nothing', async () => {
	const onchange = vi.fn();
	await render(NumberField, { label: 'Giá bán', value: 12_000, onchange });
	const box = page.getByLabelText('Giá bán');
	await userEvent.type(box, 'x');
	await expect.element(box).toHaveValue('12.000');
	expect(onchange).not.toHaveBeenCalled();
});

test('an emptied number box means "not stated", not zero', async () => {
	const onchange = vi.fn();
	await render(NumberField, { label: 'Còn lại', value: 5, onchange });
	await userEvent.clear(page.getByLabelText('Còn lại'));
	expect(onchange).toHaveBeenLastCalledWith(null);
});

test('a stepper keeps between its bounds, by buttons and by typing', async () => {
	const onchange = vi.fn();
	await render(Stepper, {
		label: 'Số lượng',
		value: 5,
		unit: 'kg',
		min: 5,
		max: 7,
		fewerLabel: 'Bớt',
		moreLabel: 'Thêm',
		onchange
	});
	await expect.element(page.getByRole('button', { name: 'Bớt' })).toBeDisabled();
	await userEvent.click(page.getByRole('button', { name: 'Thêm' }));
	expect(onchange).toHaveBeenLastCalledWith(6);
	const box = page.getByRole('textbox', { name: 'Số lượng' });
	await userEvent.fill(box, '900');
	await userEvent.tab();
	expect(onchange).toHaveBeenLastCalledWith(7);
	await expect.element(box).toHaveValue('7');
});

test('chips answer to the keyboard and keep the order of the list', async () => {
	const onchange = vi.fn();
	await render(Choices, {
		label: 'Cách giao',
		name: 'shipping',
		multiple: true,
		value: ['post'],
		options: [
			{ value: 'coach', label: 'Chành xe' },
			{ value: 'post', label: 'Bưu điện' }
		],
		onchange
	});
	await userEvent.tab();
	await userEvent.keyboard(' ');
	expect(onchange).toHaveBeenLastCalledWith(['coach', 'post']);
});

test('hint and error belong to their control', async () => {
	await render(TextField, { label: 'Tên hàng', hint: 'Gọi đúng tên', error: 'Xin ghi tên', required: true });
	const box = page.getByLabelText('Tên hàng');
	await expect.element(box).toHaveAccessibleDescription('Gọi đúng tên Xin ghi tên');
	await expect.element(box).toHaveAttribute('aria-invalid', 'true');
	await expect.element(box).toBeRequired();
});
