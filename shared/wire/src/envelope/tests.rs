//! Requests and answers against anyone on the way: altered, replayed elsewhere, forged.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::fixture::{device, flips, golden, office, replaying};

const TOKEN: &[u8] = b"token";
const BODY: &[u8] = b"body";

fn request() -> Vec<u8> {
    Request::seal(&device(), Route::Push, TOKEN, 7, BODY).unwrap()
}

#[test]
fn a_request_opens_at_its_route_and_at_no_other() {
    for route in Route::ALL {
        let bytes = Request::seal(&device(), route, TOKEN, 7, BODY).unwrap();
        for at in Route::ALL {
            let opened = Request::open(at, &bytes);
            if at == route {
                let Request { device: who, counter, token, body } = opened.unwrap();
                assert_eq!((who, counter), (device().author(), 7));
                assert_eq!((&token[..], &body[..]), (TOKEN, BODY));
            } else {
                assert_eq!(opened, Err(EnvelopeError::Signature), "{route:?} at {at:?}");
            }
        }
    }
}

#[test]
fn empty_tokens_and_bodies_are_carried() {
    let bytes = Request::seal(&device(), Route::Hello, b"", 0, b"").unwrap();
    let opened = Request::open(Route::Hello, &bytes).unwrap();
    assert_eq!((opened.token.len(), opened.body.len()), (0, 0));
}

#[test]
fn any_bit_flipped_in_a_request_is_refused() {
    for flipped in flips(&request()) {
        assert!(Request::open(Route::Push, &flipped).is_err());
    }
}

#[test]
fn a_request_cut_anywhere_or_with_more_behind_it_is_refused() {
    let bytes = request();
    for len in 0..bytes.len() {
        assert!(Request::open(Route::Push, &bytes[..len]).is_err(), "cut at {len}");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(Request::open(Route::Push, &longer), Err(EnvelopeError::Signature));
}

/// Moving the border between token and signature, or signature and body, makes another request.
#[test]
fn a_token_of_another_length_is_another_request() {
    let bytes = request();
    for len in (0..=u8::MAX).filter(|len| usize::from(*len) != TOKEN.len()) {
        let mut moved = bytes.clone();
        moved[41] = len;
        assert!(Request::open(Route::Push, &moved).is_err(), "{len}");
    }
}

#[test]
fn another_device_cannot_put_its_name_to_a_request() {
    let mut stolen = request();
    stolen[1..33].copy_from_slice(office().author().as_bytes());
    assert_eq!(Request::open(Route::Push, &stolen), Err(EnvelopeError::Signature));
}

#[test]
fn envelopes_over_the_limits_are_neither_written_nor_read() {
    let around = request().len() - BODY.len();
    let seal = |token: &[u8], body: &[u8]| Request::seal(&device(), Route::Push, token, 7, body);
    let heaviest = seal(TOKEN, &vec![1; MAX_BODY_BYTES - around]).unwrap();
    assert!(Request::open(Route::Push, &heaviest).is_ok());
    let refused = seal(TOKEN, &vec![1; MAX_BODY_BYTES - around + 1]);
    assert_eq!(refused, Err(EnvelopeError::TooLarge));
    let heavier = [&heaviest[..], &[0]].concat();
    assert_eq!(Request::open(Route::Push, &heavier), Err(EnvelopeError::TooLarge));

    let longest = seal(&[1; MAX_TOKEN_BYTES], BODY).unwrap();
    assert!(Request::open(Route::Push, &longest).is_ok());
    for len in [MAX_TOKEN_BYTES + 1, 255, 256, 300] {
        assert_eq!(seal(&vec![1; len], BODY), Err(EnvelopeError::Malformed), "{len}");
    }
    let too_long = [1; MAX_TOKEN_BYTES + 1];
    let signature = device().sign(&request_statement(Route::Push, &too_long, 7, BODY));
    let mut signed = request()[..42].to_vec();
    signed[41] = 65;
    signed.extend_from_slice(&[&too_long[..], &signature, BODY].concat());
    assert_eq!(Request::open(Route::Push, &signed), Err(EnvelopeError::Malformed));

    let response = vec![1; MAX_BODY_BYTES + 1];
    let refused = open_response(&office().author(), &heaviest, 200, &response);
    assert_eq!(refused, Err(EnvelopeError::TooLarge));
}

#[test]
fn an_answer_opens_for_its_request_status_and_office_alone() {
    let (office, request) = (office(), request());
    let response = seal_response(&office, &request, 200, BODY);
    assert_eq!(open_response(&office.author(), &request, 200, &response), Ok(BODY));

    let refused = Err(EnvelopeError::Signature);
    for status in (0..=u16::MAX).filter(|status| *status != 200).step_by(97) {
        assert_eq!(open_response(&office.author(), &request, status, &response), refused);
    }
    assert_eq!(open_response(&device().author(), &request, 200, &response), refused);
    let seal =
        |token, counter, body| Request::seal(&device(), Route::Push, token, counter, body).unwrap();
    for other in [seal(TOKEN, 8, BODY), seal(b"other", 7, BODY), seal(TOKEN, 7, b"other")] {
        assert_eq!(open_response(&office.author(), &other, 200, &response), refused);
    }
    for other in flips(&request) {
        assert_eq!(open_response(&office.author(), &other, 200, &response), refused);
    }
}

#[test]
fn an_answer_by_another_office_is_refused() {
    let response = seal_response(&device(), &request(), 200, BODY);
    let refused = open_response(&office().author(), &request(), 200, &response);
    assert_eq!(refused, Err(EnvelopeError::Signature));
}

#[test]
fn any_bit_flipped_in_an_answer_is_refused() {
    let (office, request) = (office(), request());
    let response = seal_response(&office, &request, 200, BODY);
    for flipped in flips(&response) {
        let refused = open_response(&office.author(), &request, 200, &flipped);
        assert_eq!(refused, Err(EnvelopeError::Signature));
    }
    for len in 0..response.len() {
        let refused = open_response(&office.author(), &request, 200, &response[..len]);
        assert!(refused.is_err(), "cut at {len}");
    }
}

#[test]
fn envelopes_of_version_1_still_open() {
    let bytes = golden("request-1.bin", &request());
    let opened = Request::open(Route::Push, &bytes).unwrap();
    let (token, body) = (TOKEN.to_vec(), BODY.to_vec());
    assert_eq!(opened, Request { device: device().author(), counter: 7, token, body });
    assert_eq!(request(), bytes);

    let made = seal_response(&office(), &bytes, 200, b"answer");
    let response = golden("response-1.bin", &made);
    let answer = open_response(&office().author(), &bytes, 200, &response);
    assert_eq!(answer, Ok(&b"answer"[..]));
    assert_eq!(made, response);
}

proptest! {
    #![proptest_config(replaying(500))]

    #[test]
    fn any_bytes_get_an_answer(mut bytes in vec(any::<u8>(), 0..200), plausible in any::<bool>()) {
        if plausible && !bytes.is_empty() {
            bytes[0] = VERSION;
        }
        prop_assert!(Request::open(Route::Push, &bytes).is_err());
        prop_assert!(open_response(&office().author(), b"", 200, &bytes).is_err());
    }

    #[test]
    fn every_request_and_answer_reads_back(
        token in vec(any::<u8>(), 0..=MAX_TOKEN_BYTES),
        counter: u64,
        body in vec(any::<u8>(), 0..300),
        status: u16,
    ) {
        let request = Request::seal(&device(), Route::Pull, &token, counter, &body).unwrap();
        let opened = Request::open(Route::Pull, &request).unwrap();
        prop_assert_eq!((opened.counter, &opened.token, &opened.body), (counter, &token, &body));
        let response = seal_response(&office(), &request, status, &body);
        let answer = open_response(&office().author(), &request, status, &response);
        prop_assert_eq!(answer, Ok(&body[..]));
    }
}
