import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.pdf.packet import render_part
from caseapp.typesetting.readback import folded, likeness, reads_back_exactly, stands
from tests.packets.pdf import samples
from tests.packets.pdf.reading import page_texts

EXACT = {
    "Spanish": "El señor Muñoz pidió auxilio; ¿quién acudió?",
    "French": "Où l’œuvre naît, çà et là — « déjà vu ».",
    "ligatures": "ﬁnd the aﬄuent oﬃce, affluent office, ﬂoor",
    "Vietnamese": "Các sĩ quan nói rằng họ không được phép",
    "Greek": "Οι αξιωματικοί είπαν ότι δεν επιτρέπεται",
    "Russian": "Офицеры сказали, что ёлка и йод",
    "Armenian": "Սպաները ասացին, որ չեն կարող",
    "Georgian": "ოფიცრებმა თქვეს, რომ იარაღს ვერ წაიღებენ",
    "Amharic": "መኮንኖቹ መሣሪያቸውን ወደ ቤት መውሰድ",
    "Chinese": "警察表示下班后不能携带武器回家。",
    "Korean": "경찰관들은 무기를 집에 가져갈 수 없다고",
    "signs": "§ 12 № 4: 3 × ½ ≤ 2 °C, €5, ™, ✓ …",
    "combined": "e\u0301te\u0301 a\u0323\u0302 q\u0301",
}
BY_WORDS = {
    "Arabic": "قال الضباط في 15 مارس 2019 إن عصابة MS-13 (المعروفة باسم مارا) قتلت ٢٥ شرطيا، حسب The Daily Post أمس.",
    "Arabic with a vowel mark": "قتلت العصابة شرطياً واحداً على الأقل خلال عطلته، ولم تُفتح أي تحقيقات حتى الآن.",
    "Hebrew": "השוטרים אמרו ב-15 במרץ 2019 כי חברי MS-13 (הכנופיה) הרגו 25 שוטרים.",
    "Persian": "افسران گفتند که نمی‌توانند سلاح‌های خود را در ۱۵ مارس ۲۰۱۹ به خانه ببرند.",
    "Hindi": "अधिकारियों ने कहा कि वे अपने हथियार घर नहीं ले जा सकते।",
    "Bengali": "কর্মকর্তারা বলেছেন যে তারা তাদের অস্ত্র বাড়িতে নিয়ে যেতে পারবেন না।",
    "Tamil": "அதிகாரிகள் தங்கள் ஆயுதங்களை வீட்டிற்கு எடுத்துச் செல்ல முடியாது என்றனர்.",
    "Thai": "เจ้าหน้าที่กล่าวว่าพวกเขาไม่สามารถนำอาวุธกลับบ้านได้",
    "Khmer": "មន្ត្រីបាននិយាយថាពួកគេមិនអាចយកអាវុធទៅផ្ទះបានទេ",
    "Burmese": "အရာရှိများက သူတို့သည် လက်နက်များကို အိမ်သို့ မယူနိုင်ကြောင်း ပြောကြားခဲ့သည်",
    "mixed": "The officer said قال الضباط إنهم لا يستطيعون and then he left the room in Beirut.",
}
AROUND = "Words stand before it. {} And words stand after it."


def read(text):
    return page_texts(render_part(samples.with_text(text), "exhibit-e1").pdf)[0]


@pytest.mark.parametrize("quote", EXACT.values(), ids=EXACT)
def test_these_scripts_come_back_letter_for_letter(quote):
    assert reads_back_exactly(quote)
    page = read(AROUND.format(quote))
    assert stands(quote, [page])
    assert not stands(quote[:-3] + "xyz", [page])


@pytest.mark.parametrize("quote", BY_WORDS.values(), ids=BY_WORDS)
def test_these_come_back_by_their_words(quote):
    assert not reads_back_exactly(quote)
    assert stands(quote, [read(f"{quote}\n{AROUND.format(quote)}")])


@pytest.mark.parametrize("name", BY_WORDS)
def test_another_text_of_the_same_length_does_not_stand_there(name):
    others = " ".join(quote for other, quote in (BY_WORDS | EXACT).items() if not other.startswith(name[:6]))
    assert not stands(BY_WORDS[name], [read(others)])


def test_one_wrong_word_in_arabic_is_found():
    quote = BY_WORDS["Arabic"]
    page = read(quote)
    assert not stands(quote.replace("2019", "2018"), [page])
    assert not stands(quote.replace("أمس", "غدا"), [page])


@given(st.text(st.sampled_from("abc .-"), min_size=1, max_size=60), st.integers(0, 60), st.data())
def test_a_quotation_stands_exactly_on_the_pages_it_touches(text, cut, data):
    first, second = text[:cut], text[cut:]
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    if (
        folded(quote)
        and start < cut < start + len(quote)
        and folded(text[start:cut])
        and folded(text[cut:][: start + len(quote) - cut])
    ):
        assert stands(quote, [first, second])


def test_a_quotation_must_begin_on_the_first_page_and_end_on_the_last():
    pages = ["one two three", "four five six", "seven"]
    assert stands("three four", pages[:2])
    assert not stands("two three", pages[:2])
    assert not stands("four five", pages[:2])
    assert stands("three four five six seven", pages)
    assert not stands("three four", pages)


def test_a_quotation_that_stands_twice_counts_where_it_is_cited():
    assert stands("go home", ["go home. They said: go", "home and stayed"])


def test_white_space_and_marks_at_line_ends_are_set_aside_and_nothing_else():
    assert folded("seven\u0002year and break\ufffe\r\nable  word\u00a0here\u200b") == "seven-yearandbreak-ablewordhere"
    assert folded("Case, “quotes” – and dashes") != folded('case, "quotes" - and dashes')


def test_likeness_is_a_share():
    assert likeness("abcdef", "xx abcdef xx") == 1.0
    assert likeness("abcdef", "abcd") == 0.5
    assert likeness("abcdef", "") == 0.0
