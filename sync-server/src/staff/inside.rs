//! What an account's own page does, and whoever sits down at it cannot.

use super::*;

const SECRET: &[u8] = b"12345678901234567890";

fn office() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("office.db")).unwrap();
    prepare(&mut store).unwrap();
    add(&mut store, "admin", (&hash("құпия").unwrap(), Password::Own), Role::Administrator)
        .unwrap();
    (folder, store)
}

#[test]
fn guessing_inside_is_as_slow_as_at_the_door() {
    let (_folder, mut store) = office();
    for _ in 0..5 {
        assert_eq!(check(&mut store, "admin", "x", 100).unwrap(), Checked::Wrong);
    }
    let Checked::Locked(until) = check(&mut store, "admin", "құпия", 100).unwrap() else {
        panic!("not locked")
    };
    assert!(matches!(sign_in(&mut store, "admin", "құпия", "", 100).unwrap(), SignIn::Locked(_)));
    assert_eq!(check(&mut store, "admin", "құпия", until).unwrap(), Checked::Right);
}

#[test]
fn a_second_factor_goes_only_with_a_code_of_it_and_is_not_exchanged() {
    let (_folder, mut store) = office();
    let (one, other) = (data_encoding::BASE32_NOPAD.encode(SECRET), second_factor::new_secret());
    // RFC 6238, appendix B: at 59 s the code is 287082, at 1111111109 s 081804.
    let mut begin =
        |secret: &str, code| second_factor::begin(&mut store, "admin", secret, code, 59).unwrap();
    assert!(!begin(&one, "000000") && begin(&one, "287082"));
    assert!(!begin(&other, "287082"), "there is one already");
    let mut end = |code, now| second_factor::end(&mut store, "admin", code, now).unwrap();
    assert!(!end("287082", 59), "the code that set it up was spent");
    assert!(!end("", 1_111_111_109) && !end("000000", 1_111_111_109));
    assert!(end("081804", 1_111_111_109));
    assert!(!second_factor::is_set(&mut store, "admin").unwrap());
    assert!(matches!(
        sign_in(&mut store, "admin", "құпия", "", 1_111_111_109).unwrap(),
        SignIn::In(_)
    ));
}

#[test]
fn whoever_sets_one_up_ends_the_other_sessions() {
    let (_folder, mut store) = office();
    let mut enter = || match sign_in(&mut store, "admin", "құпия", "", 100).unwrap() {
        SignIn::In(secret) => secret,
        other => panic!("{other:?}"),
    };
    let (mine, stolen) = (enter(), enter());
    end_others(store.connection(), "admin", Some(&mine)).unwrap();
    assert!(whose(&mut store, &mine, 100).unwrap().is_some());
    assert_eq!(whose(&mut store, &stolen, 100).unwrap(), None);
}
