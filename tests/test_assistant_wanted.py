"""Which kind of thing a question wants, for questions as an analyst writes them."""

import pytest

from assistant.wanted import KIND_WORDS, Wanted, kind_wanted
from index.question import analyze

ASKED: dict[Wanted, tuple[str, ...]] = {
    "mass": (
        "How many tonnes of rare earths did Burma mine in 2024?",
        "What was Lynas's NdPr output in the June quarter, in tonnes?",
        "What tonnage of concentrate did Mountain Pass produce in 2023?",
        "How much did China export in 2025, in kt?",
        "How many kilograms of dysprosium go into a traction motor?",
        "How many tons of magnets did Japan import from China last year?",
        "What were global reserves in metric tons?",
        "How much NdPr oxide in tonnes did Lynas sell?",
    ),
    "money": (
        "What did dysprosium oxide cost in 2024?",
        "How much did MP Materials pay for the plant?",
        "What was Iluka's revenue in 2024?",
        "What was the price of terbium oxide per kilogram?",
        "How many dollars did the grant come to?",
        "What is the price of NdPr in yuan per ton?",
        "How much is the loan to the refinery worth?",
        "What price per kg does the offtake guarantee?",
        "What was the net loss of Arafura in the year?",
        "Capex of the Eneabba refinery in A$?",
        "What revenue did Lynas report for fiscal 2024?",
        "How much did the Department of Defense invest in MP Materials?",
        "What was the average price of cerium oxide in 2023?",
        "How much did terbium oxide cost in 2024?",
        "What was the value of rare-earth compounds imported by the United States in 2024?",
        "What was the budget for the stockpile?",
        "How much money did the fund raise?",
    ),
    "percent": (
        "What share of U.S. imports came from China?",
        "What percentage of magnets is recycled?",
        "Which proportion of the feed is heavy rare earths?",
        "What was the net import reliance of the United States in 2024?",
        "By what percent did exports fall in May?",
        "What part of the output goes to Japan?",
        "What is the ore grade at Mount Weld?",
        "How high is the tariff on Chinese magnets?",
        "What fraction of imports came from Malaysia?",
        "How much did prices fall in percent?",
    ),
    "count": (
        "How many people does Lynas employ?",
        "How many licences has the ministry granted?",
        "How many elements are on the control list?",
        "How many magnet plants operate in Europe?",
        "How many employees does the mine have?",
        "How many countries produce rare earths?",
        "How many rare earth elements are there?",
        "How many patents did Hitachi file?",
    ),
    "figure": (
        "How much ore did the mine dig in 2024?",
        "What was mine production of Australia in 2024?",
        "How large are the reserves of Brazil?",
        "Thai mine production in 2024?",
        "What is the capacity of the separation line?",
        "How high was the quota for 2024?",
        "What were the reserves of Vietnam?",
        "What quantity of compounds did the United States import in 2024?",
        "How much scandium is used each year?",
        "U.S. imports of compounds in 2024?",
        "What was apparent consumption in 2023?",
        "How fast did the plant ramp up?",
    ),
    "duration": (
        "How long does the licence last?",
        "For how many years was the contract signed?",
        "How many days does the ministry take to decide?",
        "How many working days may a review take?",
        "How long will the suspension last?",
        "How many months did the review take?",
    ),
    "date": (
        "When did the mine reopen?",
        "In which year was the plant commissioned?",
        "Since when have exports needed a licence?",
        "What date was the agreement signed?",
        "By when is the second phase to be finished?",
        "In what quarter did shipments start?",
        "When will the Texas plant start production?",
        "What year did Molycorp go bankrupt?",
        "Until when is the export ban suspended?",
    ),
    "person": (
        "Who is the chief executive of MP Materials?",
        "Who heads the ministry?",
        "What is the name of the CEO of Lynas?",
        "Who founded Energy Fuels?",
        "Who is the chairman of Iluka?",
        "Who signed the agreement as president?",
    ),
    "name": (
        "Who owns the Mountain Pass mine?",
        "Which company operates Mount Weld?",
        "Which Chinese producers hold quotas?",
        "What agency publishes the control list?",
        "To whom was the stake sold?",
        "Whose magnets does the carmaker buy?",
        "Which company has the largest separation capacity outside China?",
        "Which company had the highest revenue in 2024?",
        "Which firms supply the Pentagon with magnets?",
        "Which bank gave the loan?",
        "Who bought the stake?",
        "Which producer mined the most in 2024?",
        "Which supplier won the contract worth $94 million?",
    ),
    "place": (
        "Where is the Kvanefjeld deposit?",
        "In which country does Neo make magnets?",
        "Which state is Round Top in?",
        "In what city does the firm have its seat?",
        "Where does MP Materials build its magnet plant?",
        "What country is the largest producer?",
        "What province is Bayan Obo in?",
    ),
    "other": (
        "Why did dysprosium prices rise?",
        "How does solvent extraction work?",
        "Is scandium a rare earth?",
        "Did China ban exports of gallium?",
        "What does the export rule cover?",
        "Which elements were put under control in April?",
        "Describe the leaching process.",
        "What is bastnaesite?",
        "What are rare earths used for?",
        "Why is the United States dependent on imports?",
        "Which element is used in MRI contrast agents?",
        "How are magnets recycled?",
        "What did the ministry announce on 9 October 2025?",
        "Does the United States have a stockpile?",
    ),
}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [(question, wanted) for wanted, questions in ASKED.items() for question in questions],
)
def test_kind_of_thing_wanted_is_told_by_the_words_of_the_question(
    question: str, wanted: Wanted
) -> None:
    assert kind_wanted(analyze(question)) == wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many magnets were sold in Europe?", "count"),
        ("How many magnets were sold in euros?", "money"),
        ("How many tons were sold at 5 dollars a kilogram?", "mass"),
        ("What price in dollars per ton was paid?", "money"),
        ("What did the ministry say?", "other"),
        ("What were sales of magnets in 2024?", "figure"),
        ("Sales of magnets in 2024?", "figure"),
        ("What does the sales contract cover?", "other"),
        ("What share of revenue came from Japan?", "percent"),
        ("What was the share of sales costs in revenue?", "percent"),
        ("What share price did the offer name?", "money"),
        ("What ministry said so?", "name"),
        ("Which company had the highest revenue?", "name"),
        ("Which company's revenue was highest?", "money"),
        ("Does it cost more?", "other"),
        ("And how much does it cost?", "money"),
        ("How is it made?", "other"),
        ("How old is the mine?", "figure"),
    ],
)
def test_words_that_look_alike_ask_for_different_things(question: str, wanted: Wanted) -> None:
    assert kind_wanted(analyze(question)) == wanted


def test_every_kind_has_its_words_and_some_question() -> None:
    assert set(KIND_WORDS) == set(ASKED)
    assert all(ASKED.values())
