//! Owns the search key of a name: one spelling for a name in Kazakh Cyrillic, Russian Cyrillic, the
//! Kazakh Latin alphabets since 2018 and the Latin of passports.
//!
//! Refuses to say that two people are one. Different names may share a key (Инга and Ина), and one
//! name may have two (Тілеубек and Тлеубек): a key finds, a person decides.
//!
//! Letters become *sounds* (`a b c d e f g i j k l m n o p r s t u v z`, where `c` is ш, щ or ч and
//! `j` is ж). Where spellings still differ, the end of the key is rewritten as it grows, so that a
//! finished key holds nothing to rewrite: folding it again changes nothing.

/// The search key of a name, or of several.
///
/// Words are apart by one space, in lower case, and ASCII for Cyrillic and Latin. Letters of other
/// scripts are only put into lower case; digits stay; anything else parts words. Any text has a
/// key, never of more than twice its bytes.
pub fn fold(text: &str) -> String {
    let mut key = Key::default();
    let mut letters = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        if let Some(sound) = letters.peek().and_then(|next| sound_of_pair(letter, *next)) {
            letters.next();
            key.add(sound);
        } else if let Some(sounds) = sounds_of(letter) {
            sounds.chars().for_each(|sound| key.add(sound));
        } else if letter.is_alphanumeric() {
            key.keep(letter);
        } else {
            key.part_words();
        }
    }
    key.finish()
}

/// Two characters that write one sound: digraphs, and letters that a combining mark makes another.
fn sound_of_pair(letter: char, next: char) -> Option<char> {
    match (letter, next) {
        ('s' | 'c', 'h') | ('s', '\u{301}' | '\u{30c}' | '\u{326}' | '\u{327}') => Some('c'),
        ('z', 'h' | '\u{30c}') => Some('j'),
        ('g', 'h') => Some('g'),
        ('y', '\u{301}') => Some('u'),
        ('и', '\u{306}') => Some('y'),
        _ => None,
    }
}

/// The sounds of a letter in lower case; `None` if it is neither Cyrillic nor Latin.
///
/// `y` is a glide that only the next sound settles. Each line has Cyrillic first, then Latin. The
/// Latin ý is the у of the alphabet of 2018.
fn sounds_of(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' | 'a' | 'ə' | 'à'..='æ' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'б' | 'b' => "b",
        'ш' | 'щ' | 'ч' | 'c' | 'ç' | 'ć' | 'č' | 'ş' | 'ș' | 'š' | 'ś' => "c",
        'д' | 'd' | 'ď' | 'đ' => "d",
        'е' | 'ё' | 'э' | 'є' | 'e' | 'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ф' | 'f' => "f",
        'г' | 'ғ' | 'ґ' | 'g' | 'ğ' | 'ǧ' | 'ǵ' | 'ģ' | 'ġ' => "g",
        'и' | 'і' | 'ї' | 'i' | 'ı' | 'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' => "i",
        'ж' | 'җ' | 'j' | 'ž' => "j",
        'к' | 'қ' | 'х' | 'һ' | 'ҳ' | 'k' | 'q' | 'h' | 'x' | 'ķ' => "k",
        'л' | 'l' | 'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'м' | 'm' => "m",
        'н' | 'ң' | 'n' | 'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'о' | 'ө' | 'o' | 'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'п' | 'p' => "p",
        'р' | 'r' | 'ŕ' | 'ř' => "r",
        'с' | 's' | 'ß' => "s",
        'т' | 't' | 'ţ' | 'ț' | 'ť' => "t",
        'у' | 'ұ' | 'ү' | 'ў' | 'u' | 'w' | 'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ý' => "u",
        'в' | 'v' => "v",
        'й' | 'ы' | 'y' | 'ÿ' => "y",
        'з' | 'z' | 'ź' | 'ż' => "z",
        'ц' => "ts",
        'ю' => "yu",
        'я' => "ya",
        _ if is_silent(letter) => "",
        _ => return None,
    })
}

/// Soft and hard signs, apostrophes of every kind, combining marks, and what can't be seen.
fn is_silent(letter: char) -> bool {
    matches!(
        letter,
        'ь' | 'ъ'
            | '\'' | '`' | '´' | '‘' | '’' | '′' | '″' | 'ʹ'..='ʽ'
            | '\u{300}'..='\u{36f}'
            | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// A key as far as it has been written; a glide `y` is only ever its last character.
#[derive(Default)]
struct Key(String);

impl Key {
    /// Adds a sound, rewriting the end where it meets one that it merges with.
    fn add(&mut self, sound: char) {
        match (self.last(), sound) {
            (Some('y'), _) => self.add_after_glide(sound),
            (Some(last), _) if last == sound => {}
            // нг is ң; кс is x, and as қ, х and x are all k, so must it be.
            (Some('n'), 'g') | (Some('k'), 's') => {}
            // дж is ж; сч is щ.
            (Some('d'), 'j') | (Some('s'), 'c') => self.replace_last(sound),
            (Some('i'), 'u') if self.0.chars().rev().nth(1).is_some_and(is_consonant) => {
                self.replace_last(sound);
            }
            _ => self.0.push(sound),
        }
    }

    /// Settles a glide before the sound that follows it: Ye and ё are e; я and ю are a and u after
    /// a consonant (Ләззат, Ляззат), ia and iu elsewhere (Баян, Baian); й and ы are i.
    fn add_after_glide(&mut self, sound: char) {
        self.0.pop();
        match sound {
            'y' => self.0.push('y'),
            'e' | 'o' => self.add('e'),
            'a' | 'u' if self.last().is_some_and(is_consonant) => self.add(sound),
            _ => {
                self.add('i');
                self.add(sound);
            }
        }
    }

    fn replace_last(&mut self, sound: char) {
        self.0.pop();
        self.add(sound);
    }

    fn last(&self) -> Option<char> {
        self.0.chars().next_back()
    }

    /// Adds a letter or digit as it is.
    fn keep(&mut self, letter: char) {
        self.settle();
        self.0.push(letter);
    }

    fn part_words(&mut self) {
        self.settle();
        if self.last().is_some_and(|last| last != ' ') {
            self.0.push(' ');
        }
    }

    fn settle(&mut self) {
        if self.last() == Some('y') {
            self.replace_last('i');
        }
    }

    fn finish(mut self) -> String {
        self.part_words();
        self.0.pop();
        self.0
    }
}

fn is_consonant(sound: char) -> bool {
    sound.is_ascii_lowercase() && !matches!(sound, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests;
