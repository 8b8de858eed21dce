/** Given names that are among the most frequent somewhere, in small letters without accents. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric
jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley
kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy
shirley angela helen anna brenda pamela nicole samantha katherine emma ruth christine catherine virginia grace ada
oliver harry noah oscar leo arthur muhammad mohammed ahmed ali omar hassan hussein ibrahim mustafa yusuf fatima aisha
maryam zainab layla amir reza hans peter klaus jurgen wolfgang dieter stefan andreas matthias sebastian lukas leon finn
felix maximilian ursula monika petra sabine claudia ingrid heike anja katrin lena hannah mia sophie marie greta jean
pierre michel andre philippe alain bernard jacques francois nicolas julien antoine louis hugo lucas gabriel nathalie
isabelle sylvie camille manon chloe lea ines jose juan antonio manuel francisco carlos miguel luis javier pedro pablo
sergio diego fernando jorge alberto alejandro maria carmen ana isabel dolores pilar teresa rosa cristina lucia paula
elena marta giuseppe giovanni mario luigi francesco angelo vincenzo marco matteo lorenzo giulia chiara francesca sara
martina alice giorgia jan piet johannes cornelis hendrik willem kees daan sem anouk femke sanne lotte piotr krzysztof
andrzej tomasz pawel jakub michal marcin anna katarzyna malgorzata agnieszka joanna zofia ewa joao joaquim paulo rui
tiago rafael bruno gustavo mateus beatriz mariana fernanda juliana ivan sergei dmitri alexei vladimir nikolai mikhail
andrei olga natalia tatiana svetlana irina ekaterina anastasia wei li ming hui jun fang yan xin yu lei jing na hiroshi
takashi kenji satoshi yuki haruto sakura yoko keiko akiko raj amit rahul sanjay vijay arjun ravi priya anjali neha pooja
deepak sunita lakshmi kumar linus ola nils erik lars bjorn anders mats karl ingrid astrid freja kwame kofi ama chidi
ngozi amara tunde`.split(/\s+/),
)
