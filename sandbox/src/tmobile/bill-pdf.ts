import { accountNumber, type Bill } from "./bills.ts";

/** A one-page PDF that any reader opens: the same bill as a document. */
export function billPdf(bill: Bill): Uint8Array {
  const text = [
    "T-Mobile (sandbox)",
    `Account ${accountNumber}`,
    `Bill period ${bill.from} to ${bill.to}`,
    `Amount due $${bill.charges.toFixed(2)}`,
    `Due date ${bill.due}`,
  ];
  const drawing = `BT /F1 14 Tf 72 720 Td 24 TL ${text.map((line) => `(${escapeText(line)}) Tj T*`).join(" ")} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const start = file.length;
  const count = objects.length + 1;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${offsets.join("")}`;
  file += `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

function escapeText(line: string): string {
  return line.replace(/[\\()]/g, "\\$&");
}
