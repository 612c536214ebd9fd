/**
 * What firmware and inventory tools give in place of a serial number, in upper case and without spaces: many machines
 * have the same. Sources: the serial numbers that OCS Inventory NG and GLPI ignore when they are installed (their tables
 * `blacklist_serials` and `glpi_blacklists`), those that CIPP leaves out when it compares devices (contract: D1), and the
 * defaults of AMI's firmware ("Default string", "To be filled by O.E.M.").
 */
const JUNK = new Set([
	'ASSET-1234567890', 'CHASSISSERIALNUMBER', 'DEFAULTSTRING', 'EMPTY', 'EVAL', 'IATPASS', 'INVALID', 'MB-1234567890', 'N/A', 'NONE', 'NOTAPPLICABLE', 'NOTAVAILABLE',
	'NOTDEFINED', 'NOTSPECIFIED', 'NOTSET', 'NULL', 'NULLSTRING', '(NULLSTRING)', 'NOSERIAL', 'OEM', 'O.E.M.', 'PRODUCTNAME', 'SERIAL', 'SERIALNUMBER', 'SN-12345', 'SN-1234567890',
	'SN-123456FVGV3I0B8O5N6N7K', 'SYS-1234567890', 'SYS-9876543210', 'SYSTEMMANUFACTURER', 'SYSTEMNAME', 'SYSTEMPRODUCTNAME', 'SYSTEMSERIALNUMBER',
	'TULIPCOMPUTERS', 'UNDEFINED', 'UNKNOW', 'UNKNOWN', '0123456789ABCDEF', '123456789000', '12345678901234567',
]);

/** Fewer characters than this tell no device from another. */
const SHORTEST_SERIAL = 4;

/** Somebody ran a finger over the keys: 0123456789, 12345678. */
const RUN_OF_DIGITS = '01234567890';

/** A serial number in the form in which two are compared; '' for what tells no device from another. */
export function serialKey(value: unknown): string {
	if (typeof value !== 'string') return '';
	const serial = value.toUpperCase().replace(/\s+/g, '');
	if (serial.length < SHORTEST_SERIAL || JUNK.has(serial) || serial.startsWith('TOBEFILLED') || RUN_OF_DIGITS.includes(serial)) return '';
	// 0000000, XXXXXXXX, --------, and "Serial Number xxxxxx".
	return /^(?:SERIALNUMBER)?(.)\1*$/.test(serial) ? '' : serial;
}
