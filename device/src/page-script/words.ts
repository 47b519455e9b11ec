import type { SensitiveKind } from "./sensitive-kind.ts";

/**
 * What sign-in pages call a secret, and what they call who somebody is, in the twenty languages that most people use and a dozen
 * more of Europe. English is in `sensitive.ts`, whose patterns are older.
 *
 * A phrase stands for whole words. With `~` it may be a part of a word, as the end of a German one is; with `=` it is all that a
 * label says. Languages that put no spaces between words are found in either place. Case, accents and width do not count.
 *
 * Sources: the login messages of Keycloak (`messages_*.properties`: username, password, loginOtpOneTime, phoneNumber), Chromium's
 * `autofill_regex_constants.h` (cards and their codes), and the words that banks and shops write on their public sign-in pages.
 */
const phrases: Readonly<Record<Said, string>> = {
  "one-time-code": `
    验证码,驗證碼,校验码,动态码,一次性密码,一次性密碼,驗證代碼,短信码,认证码,確認碼,動態密碼,动态密码,短信密码,动态口令;
    सत्यापन कोड,वन टाइम पासवर्ड,ओटीपी,सुरक्षा कोड,एक बार का पासवर्ड;
    código de verificación,código de confirmación,código de seguridad,código de acceso,código de autenticación,código sms,código de un solo uso,código recibido,código que te enviamos,código temporal,código de 6 dígitos,código de 4 dígitos,clave dinámica,clave de un solo uso,contraseña de un solo uso;
    code de vérification,code de sécurité,code de confirmation,code de validation,code d authentification,code reçu,code envoyé,code sms,code par sms,code à usage unique,code unique,code temporaire,code d activation,code à 6 chiffres,code à 4 chiffres,mot de passe à usage unique;
    رمز التحقق,رمز التأكيد,كود التحقق,رمز التفعيل,كود التفعيل,رمز الأمان,رمز الدخول,رمز لمرة واحدة,كلمة مرور لمرة واحدة,رمز التعريف;
    যাচাইকরণ কোড,যাচাই কোড,ভেরিফিকেশন কোড,ওটিপি;
    código de verificação,código de confirmação,código de segurança,código de autenticação,código de acesso,código recebido,código enviado,código de uso único,código de ativação;
    код подтверждения,код из смс,код из sms,код из письма,код из сообщения,код из приложения,проверочный код,код проверки,одноразовый код,одноразовый пароль,код авторизации,код безопасности,смс код,sms код,код доступа,код активации,защитный код;
    تصدیقی کوڈ,توثیقی کوڈ,او ٹی پی,سیکیورٹی کوڈ;
    kode verifikasi,kode konfirmasi,kode keamanan,kode otp,kode akses,kata sandi sekali pakai,kod pengesahan,kod keselamatan;
    ~bestätigungscode,~sicherheitscode,~verifizierungscode,~einmalcode,~einmalpasswort,~einmalkennwort,~prüfcode,~zugangscode,~aktivierungscode,~freischaltcode,~freigabecode,~authentifizierungscode,~anmeldecode,sms tan,m tan,mtan,push tan,photo tan,chip tan,mobile tan,tan nummer,tan eingeben,tan code,=tan,~transaktionsnummer,code aus der app,code aus der sms,stelliger code,stelligen code;
    認証コード,確認コード,ワンタイムパスワード,認証番号,セキュリティコード,検証コード,確認番号,ワンタイムコード;
    ~doğrulama kod,~onay kod,~güvenlik kod,~sms kod,~aktivasyon kod,tek kullanımlık;
    인증번호,인증 번호,인증코드,인증 코드,확인 코드,확인코드,보안 코드,보안코드,일회용;
    mã xác thực,mã xác minh,mã xác nhận,mã otp,mã bảo mật,mật khẩu dùng một lần;
    codice di verifica,codice di sicurezza,codice di conferma,codice di autenticazione,codice sms,codice otp,codice usa e getta,codice ricevuto,codice temporaneo,codice monouso,codice di accesso;
    kod weryfikacyjny,kod sms,kod z sms,kod z smsa,kod potwierdzający,kod jednorazowy,hasło jednorazowe,kod autoryzacyjny,kod bezpieczeństwa,kod dostępu,kod aktywacyjny;
    รหัสยืนยัน,รหัส otp,รหัสสำหรับใช้ครั้งเดียว,รหัสใช้ครั้งเดียว,รหัสผ่านครั้งเดียว,รหัสความปลอดภัย;
    کد تأیید,کد تأييد,رمز یکبار مصرف,رمز یک بار مصرف,کد یکبار مصرف,کد امنیتی,رمز پویا,کد فعال سازی;
    ~verificatiecode,~bevestigingscode,~beveiligingscode,~inlogcode,~controlecode,~toegangscode,eenmalige code,eenmalig wachtwoord;
    ~verifieringskod,~bekräftelsekod,~säkerhetskod,~engångskod,~engångslösenord,~inloggningskod;
    ~bekræftelseskode,~engangskode,~sikkerhedskode,~verifikationskode,~verificeringskode,~bekreftelseskode,~sikkerhetskode,~verifiseringskode,~engangspassord;
    ~vahvistuskoodi,~kertakäyttökoodi,~turvakoodi,~kertakäyttöinen salasana;
    ověřovací kód,potvrzovací kód,kód z sms,sms kód,jednorázový kód,jednorázové heslo,bezpečnostní kód,autorizační kód,overovací kód,kontrolní kód;
    код підтвердження,код із sms,код з sms,код із смс,код з смс,одноразовий код,одноразовий пароль,код перевірки,код безпеки,код доступу;
    קוד אימות,קוד חד פעמי,סיסמה חד פעמית,קוד אבטחה,קוד הזדהות,קוד כניסה,קוד האימות;
    κωδικός επαλήθευσης,κωδικό επαλήθευσης,κωδικός μίας χρήσης,κωδικός επιβεβαίωσης,κωδικός ασφαλείας;
    ellenőrző kód,hitelesítő kód,megerősítő kód,biztonsági kód,egyszeri kód,egyszer használatos;
    cod de verificare,codul de verificare,cod de securitate,cod de confirmare,cod sms,cod unic,parolă unică`,
  password: `
    密码,密碼,口令;पासवर्ड,कूटशब्द;contraseña,clave de acceso,clave secreta,clave de internet,clave web,clave personal,número secreto,=clave;
    mot de passe,code confidentiel,code secret,code d accès,code personnel;
    كلمة المرور,كلمة مرور,كلمة السر,كلمه المرور,كلمه السر,الرقم السري,رقم سري,الرمز السري;পাসওয়ার্ড,পিন নম্বর;senha,palavra passe,código secreto;
    ~парол,пин код,пинкод;پاس ورڈ,پاسورڈ,خفیہ کوڈ;kata sandi,=sandi,kata laluan,katalaluan;~passwort,~kennwort,~geheimzahl,losungswort;
    パスワード,暗証番号,暗証コード;~şifre,=parola,~parolanız,~parolam;비밀번호,암호,패스워드;mật khẩu;
    parola d accesso,parola d ordine,codice segreto,codice pin,chiave di accesso;hasło,kod pin;รหัสผ่าน,รหัสลับ,รหัสพิน;رمز عبور,گذرواژه,گذر واژه,کلمه عبور,رمز ورود,رمز دوم;
    ~wachtwoord,~pincode;~lösenord,pinkod;~adgangskode,~kodeord,~passord,pinkode;~salasana,~tunnusluku;heslo,kód pin;код пін;סיסמה,סיסמא,סיסמת,הסיסמה;
    κωδικός πρόσβασης,κωδικό πρόσβασης,συνθηματικό;~jelszó,pin kód;parolă de acces;лозинка,lozinka,парола`,
  card: `
    卡号,卡號,安全码,安全碼,持卡人,卡片背面;कार्ड नंबर,कार्ड संख्या,सीवीवी;número de tarjeta,número de la tarjeta,titular de la tarjeta,nombre en la tarjeta,código de seguridad de la tarjeta;
    numéro de carte,numéro de la carte,cryptogramme,titulaire de la carte,nom sur la carte;رقم البطاقة,رقم بطاقة الائتمان,اسم حامل البطاقة;কার্ড নম্বর;
    número do cartão,titular do cartão,nome no cartão,nome impresso no cartão,código de segurança do cartão;номер карты,имя на карте,код карты,владелец карты;کارڈ نمبر;
    nomor kartu kredit,nomor kartu,kode keamanan kartu,nombor kad;kartennummer,kreditkartennummer,prüfziffer,~kartenprüfnummer,~kartenprüfziffer,~kartenprüfcode,karteninhaber;
    カード番号,カード名義;kart numarası,kart numaranız,kart no,kart güvenlik kodu,kart üzerindeki isim;카드번호,카드 번호;số thẻ,mã bảo mật thẻ;
    numero carta,numero della carta,numero di carta,titolare della carta,intestatario della carta,codice di sicurezza della carta;numer karty,posiadacz karty,kod zabezpieczający;
    หมายเลขบัตรเครดิต,เลขบัตรเครดิต;شماره کارت;kaartnummer,kaarthouder,~kaartverificatiecode;kortnummer,~kortinnehavare,kortholder;kortin numero,korttinumero;
    číslo karty,držitel karty;номер картки;מספר כרטיס,מספר כרטיס אשראי;αριθμός κάρτας;kártyaszám;numărul cardului,număr card`,
  "security-answer": `
    密保,安全问题,安全問題;सुरक्षा प्रश्न,सुरक्षा सवाल;respuesta secreta,respuesta de seguridad,pregunta de seguridad,pregunta secreta,palabra secreta,apellido de soltera;
    réponse secrète,question secrète,question de sécurité,réponse de sécurité,nom de jeune fille;سؤال الأمان,السؤال السري,الإجابة السرية,سؤال سري;নিরাপত্তা প্রশ্ন;
    resposta secreta,resposta de segurança,pergunta de segurança,pergunta secreta,nome de solteira,palavra secreta;
    секретный вопрос,контрольный вопрос,ответ на вопрос,девичья фамилия,кодовое слово,секретное слово;سیکیورٹی سوال,حفاظتی سوال;
    pertanyaan keamanan,jawaban keamanan,nama gadis ibu,nama ibu kandung,soalan keselamatan;~sicherheitsfrage,~sicherheitsantwort,geheime antwort,geheimantwort,mädchenname,geburtsname der mutter,geburtsname ihrer mutter;
    秘密の質問,秘密の答え,合言葉;güvenlik sorusu,gizli soru,gizli cevap,anne kızlık,annenizin kızlık;보안 질문,보안질문,본인확인 질문;câu hỏi bảo mật,câu trả lời bảo mật;
    risposta segreta,risposta di sicurezza,domanda di sicurezza,domanda segreta,cognome da nubile;pytanie zabezpieczające,pytanie bezpieczeństwa,odpowiedź zabezpieczająca,nazwisko panieńskie;
    คำถามเพื่อความปลอดภัย,คำถามรักษาความปลอดภัย,คำถามความปลอดภัย;سوال امنیتی,پاسخ امنیتی;beveiligingsvraag,geheime vraag,geheim antwoord,meisjesnaam;
    säkerhetsfråga,hemlig fråga;sikkerhedsspørgsmål,sikkerhetsspørsmål;turvakysymys;bezpečnostní otázka,kontrolní otázka,bezpečnostná otázka;секретне питання,контрольне запитання;
    שאלת אבטחה,שאלת ביטחון;ερώτηση ασφαλείας;biztonsági kérdés;întrebare de securitate`,
  identifier: `
    user name,username,user id,userid,login,login name,login id,log in id,sign in id,email,e mail,mail address,phone,phone number,mobile,mobile number,telephone,cell phone,customer number,customer id,customer no,account number,account name,account id,member id,member number,membership number,client number,client id,full name,first name,last name,=name,address,city,zip code,postal code,postcode,date of birth,search;
    用户名,用戶名,使用者,账号,帐号,帳號,账户,邮箱,郵箱,电子邮件,電子郵件,手机号,手機號,电话,電話,姓名,地址;उपयोगकर्ता,यूज़र,ईमेल,फ़ोन नंबर,मोबाइल नंबर,=नाम;
    usuario,correo,teléfono,móvil,celular,número de cliente,documento,=nombre,apellido,apellidos,dirección;identifiant,utilisateur,courriel,adresse,téléphone,portable,numéro client,numéro de client,=nom,prénom;
    اسم المستخدم,البريد,بريد,الهاتف,الجوال,رقم العميل,=الاسم;ব্যবহারকারী,ইমেইল,ইমেল,ফোন,মোবাইল,=নাম;usuário,utilizador,telefone,telemóvel,número do cliente,cpf,=nome,endereço;
    логин,пользователь,пользователя,почта,почты,телефон,телефона,=имя,фамилия,адрес;صارف نام,ای میل,فون نمبر,=نام;nama pengguna,pengguna,surel,telepon,ponsel,nomor hp,alamat,=nama;
    ~benutzer,~nutzername,anmeldename,~kundennummer,kunden nr,~telefon,~handynummer,rufnummer,mobilnummer,~mailadresse,zugangsnummer,vorname,nachname,anschrift,postleitzahl,ort;
    ユーザー,ログインid,メールアドレス,メール,電話番号,携帯番号,氏名,お名前,住所,アカウント,会員番号,お客様番号;~kullanıcı,e posta,eposta,telefon,müşteri numarası,kimlik no,=ad,soyad;
    아이디,이메일,전화번호,휴대폰,휴대전화,이름,사용자,주소,계정;tên đăng nhập,tên người dùng,điện thoại,tài khoản,thư điện tử,họ tên;utente,telefono,cellulare,codice cliente,codice utente,codice fiscale,cognome,indirizzo;
    użytkownik,użytkownika,numer klienta,identyfikator,imię,nazwisko,adres;ชื่อผู้ใช้,อีเมล,โทรศัพท์,ชื่อบัญชี;نام کاربری,ایمیل,تلفن,موبایل,پست الکترونیک;
    ~gebruiker,telefoonnummer,mobiel nummer,~klantnummer,=naam,voornaam,achternaam;~användar,~brugernavn,~brukernavn,epost,~e post,telefonnummer,=namn,=navn;~käyttäjä,sähköposti,puhelin,puhelinnumero;
    uživatelské jméno,uživatel,=jméno,příjmení,~klientské číslo,adresa;логін,користувач,пошта;שם משתמש,דואר אלקטרוני,טלפון,נייד,תעודת זהות;χρήστη,τηλέφωνο,ηλεκτρονικό ταχυδρομείο;felhasználónév,telefonszám;utilizator,nume utilizator`,
};

export type Said = SensitiveKind | "identifier";

const whole = new Map<string, Set<Said>>();
const exact = new Map<string, Set<Said>>();
const within: (readonly [phrase: string, said: Said])[] = [];
const spaceless = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}]/u;

for (const [said, list] of Object.entries(phrases) as [Said, string][]) {
  for (const written of list.split(/[,;]/)) {
    const phrase = plain(written);
    if (/^\s*~/.test(written) || spaceless.test(phrase)) within.push([phrase, said]);
    else add(/^\s*=/.test(written) ? exact : whole, phrase, said);
  }
}

function add(to: Map<string, Set<Said>>, phrase: string, said: Said): void {
  const known = to.get(phrase) ?? new Set();
  known.add(said);
  to.set(phrase, known);
}

const longestPhrase = 6;
const mostRemembered = 1_000;
const remembered = new Map<string, ReadonlySet<Said>>();

/** What a label says in any of the languages; the label as `labelsOf` gives it. */
export function said(label: string): ReadonlySet<Said> {
  const before = remembered.get(label);
  if (before) return before;
  const found = new Set<Said>(exact.get(label) ?? []);
  const parts = label.split(/[ ']+/);
  for (let from = 0; from < parts.length; from++)
    for (let to = from + 1; to <= Math.min(parts.length, from + longestPhrase); to++)
      for (const kind of whole.get(parts.slice(from, to).join(" ")) ?? []) found.add(kind);
  for (const [phrase, kind] of within) if (label.includes(phrase)) found.add(kind);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(label, found);
  return found;
}

/** Words in lower case with single spaces between them; letters without accents, in their usual width. */
export function plain(text: string): string {
  return bare(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, " ")
    .trim();
}

/** The text's letters without accents, in their usual width. */
export function bare(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").replace(/ı/g, "i").replace(/’/g, "'");
}
