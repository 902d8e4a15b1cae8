//! How texts are declared.

/// Declares an enum of texts, each in the three languages: a missing one does not compile.
#[macro_export]
macro_rules! texts {
    ($(#[$doc:meta])* $visible:vis enum $texts:ident;
     $($name:ident: $kk:literal, $ru:literal, $en:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visible enum $texts {
            $(#[doc = $en] $name),*
        }

        impl $texts {
            /// Every text.
            $visible const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The text in a language.
            $visible fn in_(self, tongue: $crate::Tongue) -> &'static str {
                match (self, tongue) {
                    $((Self::$name, $crate::Tongue::Kk) => $kk,
                      (Self::$name, $crate::Tongue::Ru) => $ru,
                      (Self::$name, $crate::Tongue::En) => $en,)*
                }
            }
        }
    };
}
