import type { Row } from "./row.ts";

/** What sign-in pages write beside a field: for a password and for a code, in each language. */
const asked: Readonly<Record<string, readonly [password: string, code: string]>> = {
  English: ["Enter your password", "Enter the 6-digit code we texted you"],
  "Chinese, simplified": ["请输入密码", "请输入短信验证码"],
  "Chinese, traditional": ["請輸入密碼", "簡訊驗證碼"],
  Hindi: ["अपना पासवर्ड दर्ज करें", "सत्यापन कोड दर्ज करें"],
  Spanish: ["Introduce tu contraseña", "Código de seguridad enviado por SMS"],
  Arabic: ["أدخل كلمة المرور", "أدخل رمز التحقق"],
  Bengali: ["আপনার পাসওয়ার্ড দিন", "যাচাইকরণ কোড লিখুন"],
  French: ["Votre mot de passe", "Saisissez le code reçu par SMS"],
  Portuguese: ["Digite sua senha", "Código de confirmação"],
  Russian: ["Введите пароль", "Введите код из СМС"],
  Urdu: ["اپنا پاس ورڈ درج کریں", "تصدیقی کوڈ درج کریں"],
  Indonesian: ["Masukkan kata sandi", "Masukkan kode verifikasi"],
  German: ["Ihr Kennwort", "Ihr Einmalcode"],
  Japanese: ["パスワードを入力してください", "認証コードを入力"],
  Turkish: ["Şifrenizi girin", "Doğrulama kodunu girin"],
  Korean: ["비밀번호를 입력하세요", "인증번호 6자리"],
  Vietnamese: ["Nhập mật khẩu", "Nhập mã xác thực"],
  Italian: ["Inserisci la password", "Codice ricevuto via SMS"],
  Polish: ["Podaj hasło", "Przepisz kod z SMS-a"],
  Thai: ["กรอกรหัสผ่าน", "กรอกรหัสยืนยัน"],
  Persian: ["رمز عبور خود را وارد کنید", "کد تأیید را وارد کنید"],
  Dutch: ["Uw wachtwoord", "Vul de verificatiecode in"],
  Ukrainian: ["Введіть пароль", "Одноразовий код"],
  Czech: ["Zadejte heslo", "Jednorázový kód"],
  Swedish: ["Ange ditt lösenord", "Skriv din engångskod"],
  Greek: ["Κωδικός πρόσβασης", "Κωδικός επαλήθευσης"],
  Hebrew: ["הזינו סיסמה", "קוד חד פעמי"],
};

/** TANs, PINs, answers to security questions and codes of cards. */
const others: Readonly<Record<string, string>> = {
  "photoTAN eingeben": "inputmode=numeric",
  pushTAN: "inputmode=numeric",
  "Online-Banking-PIN": "inputmode=numeric maxlength=6",
  "Votre code confidentiel": "inputmode=numeric",
  "Clave dinámica": "",
  "ПИН-код": "type=tel",
  "暗証番号（4桁）": "",
  "الرقم السري": "",
  "Antwort auf Ihre Sicherheitsfrage": "",
  "Réponse à votre question secrète": "",
  "Respuesta secreta": "",
  "Resposta de segurança": "",
  "Девичья фамилия матери": "",
  秘密の質問の答え: "",
  "Güvenlik sorusu": "",
  "Kartenprüfnummer (CVC)": "",
  "Cryptogramme visuel": "",
  "Código de segurança do cartão": "",
  ＰＡＳＳＷＯＲＤ: "",
  CONTRASEÑA: "",
};

/** Who somebody is: no secret, in whatever language. */
const names = [
  "Username",
  "Benutzername",
  "Nombre de usuario",
  "Identifiant",
  "Логин",
  "ユーザー名",
  "Kullanıcı adı",
  "用户名",
  "아이디",
  "اسم المستخدم",
  "Nazwa użytkownika",
  "Tên đăng nhập",
  "ชื่อผู้ใช้",
  "उपयोगकर्ता नाम",
  "Customer number",
  "Mobiele telefoon of e-mail",
];

const labelled = (label: string, attributes = "") =>
  `<form><label for=f>${label}</label><input id=f ${attributes}></form>`;

export const labelRows: readonly Row[] = [
  ...Object.entries(asked).flatMap(([language, [password, code]]): Row[] => [
    { name: `a password in ${language}`, html: labelled(password), gives: "word", stop: "blocked_private" },
    { name: `a code in ${language}`, html: labelled(code), gives: "code", stop: "blocked_private" },
  ]),
  ...Object.entries(others).map(
    ([label, attributes]): Row => ({
      name: `“${label}”`,
      html: labelled(label, attributes),
      gives: attributes === "" ? "word" : "code",
      stop: "blocked_private",
    }),
  ),
  ...names.map((label): Row => ({ name: `“${label}”`, html: labelled(label), gives: "word", stop: null })),
];
